import { sizeOf } from '../../../tensor';
import { trainedArrays } from './arrays';
import type { BugDefinition } from './bug';
import { afterBackward } from './change';

/** The numbers of W read as if it were Wᵀ: what `reshape` does where `.T` was meant. */
export const lostTranspose: BugDefinition<'lost-transpose'> = {
  kind: 'lost-transpose',
  label: 'A lost transpose',
  summary:
    'A dense layer sends its delta back through W reshaped instead of W transposed, so the sizes fit and the numbers do not.',
  right: "\\delta^{[\\ell-1]} = \\bigl(W^{[\\ell]}\\bigr)^{\\top} \\delta^{[\\ell]} \\circ g'(z^{[\\ell-1]})",
  wrong:
    "\\delta^{[\\ell-1]} = \\mathrm{reshape}\\bigl(W^{[\\ell]}\\bigr)\\, \\delta^{[\\ell]} \\circ g'(z^{[\\ell-1]})",
  needs: 'It needs a dense layer of more than one unit and one input behind a layer with weights.',

  hits({ layers }) {
    const last = layers.findLastIndex(
      ({ place: { layer, inputShape } }) => layer.kind === 'dense' && layer.units > 1 && sizeOf(inputShape) > 1,
    );
    return trainedArrays(layers.slice(0, Math.max(0, last)));
  },

  plant: (registries) => ({
    registries: afterBackward(registries, ({ place, resources, delta, dx, pass: { rows } }) => {
      if (place.layer.kind !== 'dense' || dx === null) return;
      const { units } = place.layer;
      const inputs = sizeOf(place.inputShape);
      const W = resources.parameters[0]!;
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < inputs; j++) {
          let sum = 0;
          for (let k = 0; k < units; k++) sum += W[j * units + k]! * delta[i * units + k]!;
          dx[i * inputs + j] = sum;
        }
      }
    }),
  }),
};
