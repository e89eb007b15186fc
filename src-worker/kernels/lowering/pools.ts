import { poolWindow, type PoolPlace } from '../../layers/pool-window';
import type { ResolvedLayer } from '../../shape';
import { sizeOf } from '../../tensor';
import { windowWords, type WindowWords } from '../window-words';
import type { LayerLowering } from './layers';

/** Max pooling: in training `own` holds which pixel of each window won. */
export const maxPoolLowering: LayerLowering = {
  reserve(resolved, rows, mode, place) {
    return mode === 'training' ? [place(rows * sizeOf(resolved.outputShape) * 4)] : [];
  },

  forward(program, { resolved, x, z, own: [winners = 0] }) {
    program.maxPool(wordsOf(resolved), x, z, winners);
  },

  backward(program, { resolved, delta, dx, own: [winners] }) {
    if (dx !== null) program.maxPoolBackward(wordsOf(resolved), winners!, delta, dx);
  },
};

export const avgPoolLowering: LayerLowering = {
  forward(program, { resolved, x, z }) {
    program.avgPool(wordsOf(resolved), x, z);
  },

  backward(program, { resolved, delta, dx }) {
    if (dx !== null) program.avgPoolBackward(wordsOf(resolved), delta, dx);
  },
};

function wordsOf({ place }: ResolvedLayer): WindowWords {
  const window = poolWindow(place as PoolPlace); // the registry gives these lowerings to the pools only
  return windowWords(window, window.channels);
}
