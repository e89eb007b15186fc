import type { FloatArray } from '../tensor';
import { adaptiveLearningRateField, epsilonField, memoryField } from './learning-rate';
import type { OptimizerDefinition } from './optimizer';

/** The fields that Adam and AdamW share. */
export const adamFields = [
  adaptiveLearningRateField,
  memoryField({
    name: 'beta1',
    label: 'Memory of the gradient',
    help: 'How much of the average gradient stays with each step: 0.9 averages about ten steps.',
    symbol: 'β₁',
    default: 0.9,
  }),
  {
    ...memoryField({
      name: 'beta2',
      label: 'Memory of its square',
      help: 'How much of the mean square stays with each step: 0.999 averages about a thousand steps.',
      symbol: 'β₂',
      default: 0.999,
    }),
    step: 0.001,
  },
  epsilonField,
] as const;

/** What the rule needs of its spec. */
interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Adam, averages of the gradient and of its square, each corrected for having begun at 0:
 *
 *   v ← β₁ v + (1 − β₁) g,   s ← β₂ s + (1 − β₂) g²,   g = ∂J/∂W
 *   v̂ = v / (1 − β₁ᵗ),   ŝ = s / (1 − β₂ᵗ),   W ← W − α v̂ / (√ŝ + ε)        Kingma and Ba (2015), algorithm 1
 */
export const adam: OptimizerDefinition<'adam'> = {
  kind: 'adam',
  label: 'Adam',
  summary: 'Momentum and a step size for every weight at once; learns well with its defaults on most data.',
  fields: adamFields,
  equation:
    '\\begin{aligned} v &\\leftarrow \\beta_1 v + (1 - \\beta_1)\\, g, \\qquad s \\leftarrow \\beta_2 s + (1 - \\beta_2)\\, g^2, \\qquad g = \\tfrac{\\partial J}{\\partial W^{[\\ell]}} \\\\ W^{[\\ell]} &\\leftarrow W^{[\\ell]} - \\alpha\\, \\frac{v / (1 - \\beta_1^t)}{\\sqrt{s / (1 - \\beta_2^t)} + \\varepsilon} \\end{aligned}',
  source: 'Kingma and Ba (2015), Adam, algorithm 1',
  slots: ['v', 's'],
  counts: true,
  update: (optimizer, W, g, [v, s], { t }) => stepAdam(optimizer, W, g, v!, s!, t),
};

/** The update of {@link adam}; v and s are changed in place. */
export function stepAdam(
  { learningRate, beta1, beta2, epsilon }: AdamSettings,
  W: FloatArray,
  g: FloatArray,
  v: FloatArray,
  s: FloatArray,
  t: number,
): void {
  const [first, second] = [1 - beta1 ** t, 1 - beta2 ** t];
  for (let i = 0; i < W.length; i++) {
    v[i] = beta1 * v[i]! + (1 - beta1) * g[i]!;
    s[i] = beta2 * s[i]! + (1 - beta2) * g[i]! * g[i]!;
    W[i]! -= (learningRate * (v[i]! / first)) / (Math.sqrt(s[i]! / second) + epsilon);
  }
}
