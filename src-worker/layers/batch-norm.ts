import { fail, succeed, type Outcome } from '../problem';
import { sizeOf, type FloatArray, type Shape } from '../tensor';
import type { LayerDefinition, LayerPlace } from './layer';

/** Features or channels, and how many numbers of each an example has. */
export interface ChannelSizes {
  readonly channels: number;
  readonly positions: number;
}

/** `[features]` has one number of each feature, `[channels, height, width]` height × width of each channel. */
export function channelSizes(shape: Shape): ChannelSizes {
  const channels = shape[0] ?? 0;
  return { channels, positions: sizeOf(shape.slice(1)) };
}

/**
 * Batch normalisation: each feature, or each channel of an image, gets mean 0 and variance 1 over the batch, and then a scale γ
 * and a shift β that are learnt. With n numbers of a channel in the batch, m × height × width:
 *
 *   forward   μ = (1/n) Σ x,  σ² = (1/n) Σ (x − μ)²           Ioffe, Szegedy 2015, algorithm 1
 *             x̂ = (x − μ) / √(σ² + ε),  z = γ x̂ + β
 *   backward  dβ = (1/m) Σ delta,  dγ = (1/m) Σ delta x̂       §3, with the 1/m of the cost
 *             dx = γ / √(σ² + ε) · (delta − (1/n) Σ delta − x̂ (1/n) Σ delta x̂)
 *   update    mean ← ρ mean + (1 − ρ) μ,  variance ← ρ variance + (1 − ρ) σ²
 *
 * with ρ the decay; evaluation takes the running mean and variance in place of μ and σ². σ² is divided by n throughout; PyTorch
 * divides by n − 1 in its running variance, and only there. A batch that has a single number of each channel says nothing of
 * their spread: x̂ is 0, z is β, and the running statistics stay.
 *
 * x, z, delta `[rows, channels, …]`; gamma, beta, mean, variance `[channels]`.
 * Source: S. Ioffe, C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift",
 * ICML 2015.
 */
export const batchNorm: LayerDefinition<'batch-norm'> = {
  kind: 'batch-norm',
  label: 'Batch norm',
  summary:
    'Brings each feature or channel to mean 0 and variance 1 over the batch, then scales and shifts it as learnt.',
  fields: [
    {
      name: 'decay',
      label: 'Decay',
      help: 'How much the running mean and variance keep of themselves in each step; they stand in for the batch after training.',
      symbol: 'ρ',
      type: 'number',
      default: 0.9,
      min: 0,
      max: 1,
      exclusiveMax: true,
      step: 0.01,
    },
    {
      name: 'epsilon',
      label: 'Epsilon',
      help: 'Added to the variance, so that a feature without spread is not divided by 0.',
      symbol: 'ε',
      type: 'number',
      default: 1e-5,
      min: 1e-8,
      max: 1,
      step: 10,
      scale: 'log',
    },
  ],
  equation:
    'a^{[\\ell]} = \\gamma \\, \\frac{a^{[\\ell-1]} - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + \\beta, \\qquad \\mu = \\frac{1}{n} \\sum_{i=1}^{n} a^{[\\ell-1](i)}, \\qquad \\sigma^2 = \\frac{1}{n} \\sum_{i=1}^{n} \\left(a^{[\\ell-1](i)} - \\mu\\right)^2',
  source: 'Ioffe, Szegedy 2015',

  outputShape(place) {
    const { layer, name, path, inputShape } = place;
    if (!(sizeOf(inputShape) >= 1)) {
      return fail({
        code: 'layer/no-input',
        message: `${name} expects at least one input, but gets ${sizeOf(inputShape)}.`,
        hint: 'Let at least one column of the data be a feature.',
        path,
      });
    }
    if (!(layer.decay >= 0 && layer.decay < 1)) return misfit(place, 'decay', 'at least 0 and less than 1');
    if (!(layer.epsilon >= 1e-8 && layer.epsilon <= 1)) return misfit(place, 'epsilon', 'from 1e-8 to 1');
    return succeed(inputShape);
  },

  parameters({ inputShape }) {
    const { channels } = channelSizes(inputShape);
    const each = { shape: [channels], fanIn: 1, fanOut: 1, regularised: false };
    const [zero, one] = [{ kind: 'zeros' } as const, { kind: 'constant', value: 1 } as const];
    return [
      { name: 'gamma', initializer: one, trained: true, ...each },
      { name: 'beta', initializer: zero, trained: true, ...each },
      { name: 'mean', initializer: zero, trained: false, ...each },
      { name: 'variance', initializer: one, trained: false, ...each },
    ];
  },

  parameterFormula({ inputShape }) {
    return `2 × ${channelSizes(inputShape).channels}`;
  },

  minimumBatch({ inputShape }) {
    return channelSizes(inputShape).positions === 1 ? 2 : 1;
  },

  create({ layer: { decay, epsilon }, inputShape }, { parameters, gradients, allocate }) {
    const { channels, positions } = channelSizes(inputShape);
    const [gamma, beta, runningMean, runningVariance] = parameters as [FloatArray, FloatArray, FloatArray, FloatArray];
    const [dgamma, dbeta] = gradients as [FloatArray, FloatArray];
    const [mean, variance] = [allocate(channels), allocate(channels)];

    /** Calls `visit` with the place of every number of a channel, example by example. */
    const each = (channel: number, rows: number, visit: (i: number) => void): void => {
      for (let row = 0; row < rows; row++) {
        const start = (row * channels + channel) * positions;
        for (let i = start; i < start + positions; i++) visit(i);
      }
    };
    /** 1 / √(σ² + ε). σ² − σ² makes it NaN where the spread went past the largest number, which would else pass for 0. */
    const inverseDeviation = (square: number): number => 1 / Math.sqrt(square + epsilon) + (square - square);

    return {
      forward(x, z, { rows, mode }) {
        const n = rows * positions;
        for (let c = 0; c < channels; c++) {
          if (mode === 'training') {
            let sum = 0;
            each(c, rows, (i) => (sum += x[i]!));
            const mu = sum / n;
            let squares = 0;
            each(c, rows, (i) => (squares += (x[i]! - mu) ** 2));
            mean[c] = mu;
            variance[c] = squares / n;
          }
          const [mu, square] = mode === 'training' ? [mean[c]!, variance[c]!] : [runningMean[c]!, runningVariance[c]!];
          const inverse = inverseDeviation(square);
          each(c, rows, (i) => (z[i] = gamma[c]! * ((x[i]! - mu) * inverse) + beta[c]!));
        }
      },

      backward(x, delta, dx, { rows }) {
        const n = rows * positions;
        for (let c = 0; c < channels; c++) {
          const [mu, inverse] = [mean[c]!, inverseDeviation(variance[c]!)];
          let sum = 0;
          let product = 0;
          each(c, rows, (i) => {
            sum += delta[i]!;
            product += delta[i]! * ((x[i]! - mu) * inverse);
          });
          dbeta[c] = sum / rows;
          dgamma[c] = product / rows;
          if (dx === null) continue;
          each(c, rows, (i) => {
            const normalised = (x[i]! - mu) * inverse;
            dx[i] = gamma[c]! * inverse * (delta[i]! - sum / n - (normalised * product) / n);
          });
        }
      },

      updateStatistics({ rows }) {
        if (rows * positions === 1) return;
        for (let c = 0; c < channels; c++) {
          runningMean[c] = decay * runningMean[c]! + (1 - decay) * mean[c]!;
          runningVariance[c] = decay * runningVariance[c]! + (1 - decay) * variance[c]!;
        }
      },
    };
  },
};

function misfit(
  { layer, name, path }: LayerPlace<'batch-norm'>,
  field: 'decay' | 'epsilon',
  range: string,
): Outcome<never> {
  return fail({
    code: `layer/${field}`,
    message: `${name} expects its ${field} ${range}, but has ${layer[field]}.`,
    hint: field === 'decay' ? 'Values from 0.9 to 0.99 are usual.' : 'Values from 1e-5 to 1e-3 are usual.',
    path: `${path}.${field}`,
  });
}
