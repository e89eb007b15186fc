import { adaptiveLearningRateField, epsilonField, memoryField } from './learning-rate';
import type { OptimizerDefinition } from './optimizer';

/**
 * RMSprop divides each gradient by the root of its own mean square:
 *
 *   s ← ρ s + (1 − ρ) (∂J/∂W)²,   W ← W − α ∂J/∂W / (√s + ε)        Hinton (2012), lecture 6e
 *
 * with ε outside the root, as in PyTorch.
 */
export const rmsprop: OptimizerDefinition<'rmsprop'> = {
  kind: 'rmsprop',
  label: 'RMSprop',
  summary: 'Every weight gets a step of its own size: the gradient over the root of its own mean square.',
  fields: [
    adaptiveLearningRateField,
    memoryField({
      name: 'decay',
      label: 'Memory',
      help: 'How much of the mean square stays with each step: 0.9 averages about ten steps.',
      symbol: 'ρ',
      default: 0.9,
    }),
    epsilonField,
  ],
  equation:
    's \\leftarrow \\rho s + (1 - \\rho)\\Big(\\frac{\\partial J}{\\partial W^{[\\ell]}}\\Big)^{2}, \\qquad W^{[\\ell]} \\leftarrow W^{[\\ell]} - \\frac{\\alpha}{\\sqrt{s} + \\varepsilon}\\,\\frac{\\partial J}{\\partial W^{[\\ell]}}',
  source: 'Hinton (2012), Neural Networks for Machine Learning, lecture 6e',
  slots: ['s'],
  counts: false,

  update({ learningRate, decay, epsilon }, W, g, [s]) {
    for (let i = 0; i < W.length; i++) {
      s![i] = decay * s![i]! + (1 - decay) * g[i]! * g[i]!;
      W[i]! -= (learningRate * g[i]!) / (Math.sqrt(s![i]!) + epsilon);
    }
  },
};
