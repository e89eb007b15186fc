import { entry, term } from '../step';
import type { LayerSteps } from './layer-steps';

/** Flattening, CS229 notes §3: the same numbers in one column. */
export const flatten: LayerSteps = {
  forwardTitle: 'All numbers of an image in one column',
  sources: { forward: 'CS229 notes §3', back: 'CS229 notes §3', gradient: '' },
  forward: (layer) => [
    {
      result: layer.output(),
      right: ['\\operatorname{vec}\\bigl(', layer.input, '\\bigr)'],
      explain: (index) => [term(entry(layer.input, index))],
      code: () => `${layer.output().name} = ${layer.input.name}.reshape(len(x), -1)`,
    },
  ],
  inputGradient: (layer) => ({
    pieces: ['\\operatorname{vec}^{-1}\\bigl(', layer.delta(), '\\bigr)'],
    terms: (index) => [term(entry(layer.delta(), index))],
    code: () => layer.delta().name,
  }),
  gradients: () => [],
};
