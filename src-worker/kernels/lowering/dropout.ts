import type { LayerOf } from '../../layers/layer';
import { maskThreshold } from '../../layers/dropout-mask';
import { sizeOf } from '../../tensor';
import { perExample } from '../instructions';
import type { ProgramBuilder } from '../program';
import type { LayerLowering, LoweredLayer } from './layers';

/** z = x ∘ r and dx = delta ∘ r; in evaluation z is x. */
export const dropoutLowering: LayerLowering = {
  sharesX: (_resolved, mode) => mode === 'evaluation',

  forward(program, layer) {
    if (layer.mode === 'training') mask(program, layer, layer.x, layer.z);
  },

  backward(program, layer) {
    if (layer.dx !== null) mask(program, layer, layer.delta, layer.dx);
  },
};

function mask(program: ProgramBuilder, { resolved }: LoweredLayer, from: number, to: number): void {
  const { rate } = resolved.place.layer as LayerOf<'dropout'>;
  const count = perExample(sizeOf(resolved.inputShape));
  program.dropout(from, to, count, resolved.key, maskThreshold(rate), 1 / (1 - rate));
}
