import { trainedArrays, upToLastBend } from './arrays';
import type { BugDefinition } from './bug';
import { withActivationBackward } from './change';

/** g′ at the z of the layer behind; where that one is narrower, its numbers are used again from the first. */
export const wrongLayer: BugDefinition<'wrong-layer'> = {
  kind: 'wrong-layer',
  label: 'g′ of the wrong layer',
  summary: 'On the way back every hidden layer takes g′ at the z of the layer behind it instead of its own.',
  right: "\\delta^{[\\ell]} = \\bigl(W^{[\\ell+1]}\\bigr)^{\\top} \\delta^{[\\ell+1]} \\circ g'(z^{[\\ell]})",
  wrong: "\\delta^{[\\ell]} = \\bigl(W^{[\\ell+1]}\\bigr)^{\\top} \\delta^{[\\ell+1]} \\circ g'(z^{[\\ell+1]})",
  needs: 'It needs a hidden layer whose activation is not the identity.',

  hits: ({ layers }) => trainedArrays(upToLastBend(layers)),

  plant: (registries, network) => ({
    registries: withActivationBackward(registries, (definition) => (z, a, da, delta, rows, columns) => {
      const { layers } = network();
      const own = layers.findIndex((layer) => layer.z === z && layer.resolved.activation !== null);
      const behind = layers.slice(own + 1).find(({ resolved }) => resolved.activation !== null);
      if (own === -1 || behind === undefined) return definition.backward(z, a, da, delta, rows, columns);
      const wrongZ = z.slice(0, rows * columns);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          wrongZ[i * columns + j] = behind.z[i * behind.outputs + (j % behind.outputs)]!;
        }
      }
      const wrongA = wrongZ.slice();
      definition.forward(wrongZ, wrongA, rows, columns);
      definition.backward(wrongZ, wrongA, da, delta, rows, columns);
    }),
  }),
};
