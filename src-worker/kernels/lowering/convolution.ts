import type { LayerPlace } from '../../layers';
import { conv2dWindow } from '../../layers/conv2d';
import type { ResolvedLayer } from '../../shape';
import { windowWords, type WindowWords } from '../window-words';
import type { LayerLowering } from './layers';

/** Convolution: `own` holds the image that it reads, where that is not x itself. */
export const convolutionLowering: LayerLowering = {
  reserve(resolved, rows, _mode, place) {
    const { imageSize } = wordsOf(resolved);
    return imageSize === 0 ? [] : [place(rows * imageSize * 4)];
  },

  forward(program, { resolved, x, z, parameters: [W, b], own: [image] }) {
    const window = wordsOf(resolved);
    if (image !== undefined) program.convolutionImage(window, x, image);
    program.convolution(window, image ?? x, W!, b!, z);
  },

  backward(program, { resolved, x, delta, dx, parameters: [W], gradients: [dW, db], own: [image] }) {
    const window = wordsOf(resolved);
    program.independently(() => {
      program.convolutionGradients(window, image ?? x, delta, dW!, db!);
      if (dx !== null) program.convolutionInput(window, W!, delta, dx);
    });
  },
};

function wordsOf({ place }: ResolvedLayer): WindowWords {
  const conv2d = place as LayerPlace<'conv2d'>; // the registry gives this lowering to its kind only
  return windowWords(conv2dWindow(conv2d), conv2d.layer.filters);
}
