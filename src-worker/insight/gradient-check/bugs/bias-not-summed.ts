import { trainedArrays, weightedLayers } from './arrays';
import type { BugDefinition } from './bug';
import { afterBackward } from './change';

/** db of the last example alone: an assignment in the loop where a sum was meant. */
export const biasNotSummed: BugDefinition<'bias-not-summed'> = {
  kind: 'bias-not-summed',
  label: 'A bias gradient not summed',
  summary: 'The gradient of the biases holds the last example alone: “=” stands in the loop where “+=” was meant.',
  right: 'db^{[\\ell]} = \\frac{1}{m} \\sum_{i=1}^{m} \\delta^{[\\ell](i)}',
  wrong: 'db^{[\\ell]} = \\frac{1}{m}\\, \\delta^{[\\ell](m)}',
  needs: 'It needs more than one example.',

  hits: ({ layers, rows }) => (rows > 1 ? trainedArrays(weightedLayers(layers), 'b') : []),

  plant: (registries) => ({
    registries: afterBackward(registries, ({ resources, delta, place, pass: { rows } }) => {
      const db = resources.gradients[1]!;
      const positions = positionsOf(place.layer, delta.length, db.length, rows);
      const last = (rows - 1) * db.length * positions;
      for (let k = 0; k < db.length; k++) {
        let sum = 0;
        for (let p = 0; p < positions; p++) sum += delta[last + k * positions + p]!;
        db[k] = sum / rows;
      }
    }),
  }),
};

/** How often a unit stands in the output of one example: a filter at every place of its image, a dense unit once. */
function positionsOf({ kind }: { readonly kind: string }, length: number, units: number, rows: number): number {
  return kind === 'dense' ? 1 : length / units / rows;
}
