import { maskBits, maskSeed, maskThreshold } from '../../../layers/dropout-mask';
import { literal, type LayerContext } from '../context';
import { entry, term, type Operand } from '../step';
import type { LayerSteps } from './layer-steps';

const rateOf = (layer: LayerContext): number => (layer.layer.spec.kind === 'dropout' ? layer.layer.spec.rate : 0);

/** r: what each number is multiplied by in this very step. */
function mask(layer: LayerContext): Operand {
  const { key } = layer.layer;
  const rate = rateOf(layer);
  const seed = maskSeed(key, layer.context.trace.step);
  const threshold = maskThreshold(rate);
  const input = layer.input;
  const values = Float64Array.from(input.values, (_, i) => (maskBits(seed, i) >= threshold ? 1 / (1 - rate) : 0));
  return { ...input, name: `r${layer.number}`, symbol: 'r', sup: layer.sup, values };
}

/** r as a program: drawn at random there, so the numbers of this step are written out. */
function maskCode(layer: LayerContext, library: string): string {
  const r = mask(layer);
  const kept = Array.from(r.values, (value) => (value === 0 ? 0 : 1)).join(', ');
  const array = library === 'np' ? `np.array([${kept}])` : `torch.tensor([${kept}], dtype=torch.float64)`;
  return `${array}.reshape(${layer.input.name}.shape) / ${literal(1 - rateOf(layer))}`;
}

/** Inverted dropout, Srivastava et al. 2014. */
export const dropout: LayerSteps = {
  forwardTitle: 'The mask of this step: what is dropped is 0, the rest is scaled up',
  sources: { forward: 'Srivastava et al. 2014', back: 'Srivastava et al. 2014', gradient: '' },
  forward(layer) {
    const [r, input] = [mask(layer), layer.input];
    return [
      {
        result: layer.output(),
        right: [input, '\\circ', r],
        formula: `r_i \\in \\{0, \\tfrac{1}{1 - p}\\}, \\quad p = ${rateOf(layer)}`,
        explain: (index) => [term(entry(input, index), entry(r, index))],
        code: (library) =>
          `r${layer.number} = ${maskCode(layer, library)}; ${layer.output().name} = ${input.name} * r${layer.number}`,
      },
    ];
  },
  inputGradient(layer) {
    const [r, delta] = [mask(layer), layer.delta()];
    return {
      pieces: [delta, '\\circ', r],
      terms: (index) => [term(entry(delta, index), entry(r, index))],
      code: () => `${delta.name} * r${layer.number}`,
    };
  },
  gradients: () => [],
};
