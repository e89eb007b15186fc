import type { ActivationKind } from '../../../src-worker/experiment/document';
import { sizeOf } from '../../../src-worker/tensor';
import { describeStep } from '../code-text';
import { forStep, type PaddedWindow, type Step, type StepRegistry } from '../program';

/** Functions of the generated file, each there only where a layer calls it. All of them take one example, flat and row-major. */
export const FUNCTIONS = {
  dense: `/** z[j] = b[j] + sum over i of W[j,i] x[i]; W [units, inputs] */
function dense(x, W, b) {
  return Float64Array.from(b, (bias, j) => {
    let sum = bias;
    for (let i = 0; i < x.length; i++) sum += W[j * x.length + i] * x[i];
    return sum;
  });
}`,
  conv2d: `/**
 * z[f,u,v] = b[f] + sum over c,r,s of W[f,c,r,s] x[c, u S + r - p, v S + s - p]; W [filters, channels, r, s]. Outside of the
 * image x is 0.
 */
function conv2d(x, W, b, { input: [channels, height, width], kernel, stride, padding, output: [filters, rows, columns] }) {
  const z = new Float64Array(filters * rows * columns);
  let at = 0;
  for (let f = 0; f < filters; f++) {
    for (let u = 0; u < rows; u++) {
      for (let v = 0; v < columns; v++) {
        let sum = b[f];
        for (let c = 0; c < channels; c++) {
          for (let r = 0; r < kernel[0]; r++) {
            const y = u * stride[0] + r - padding[0];
            if (y < 0 || y >= height) continue;
            for (let s = 0; s < kernel[1]; s++) {
              const h = v * stride[1] + s - padding[1];
              if (h < 0 || h >= width) continue;
              sum += W[((f * channels + c) * kernel[0] + r) * kernel[1] + s] * x[(c * height + y) * width + h];
            }
          }
        }
        z[at++] = sum;
      }
    }
  }
  return z;
}`,
  pool: `/** Every window of every channel as one number, by reduce(numbers of the window). */
function pool(x, reduce, { input: [, height, width], size, stride, output: [channels, rows, columns] }) {
  const a = new Float64Array(channels * rows * columns);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let u = 0; u < rows; u++) {
      for (let v = 0; v < columns; v++) {
        const window = [];
        for (let r = 0; r < size[0]; r++) {
          for (let s = 0; s < size[1]; s++) {
            window.push(x[(c * height + u * stride[0] + r) * width + v * stride[1] + s]);
          }
        }
        a[at++] = reduce(window);
      }
    }
  }
  return a;
}`,
  max: `function max(window) {
  return window.reduce((most, x) => Math.max(most, x), -Infinity);
}`,
  mean: `function mean(window) {
  return window.reduce((sum, x) => sum + x, 0) / window.length;
}`,
  batchNorm: `/** z = gamma (x - mean) / sqrt(variance + epsilon) + beta, channel by channel, with the statistics of the training. */
function batchNorm(x, { gamma, beta, mean, variance, epsilon }) {
  const positions = x.length / gamma.length;
  return x.map((value, i) => {
    const c = Math.floor(i / positions);
    return (gamma[c] * (value - mean[c])) / Math.sqrt(variance[c] + epsilon) + beta[c];
  });
}`,
  sigmoid: `/** 1 / (1 + e^-z) */
function sigmoid(z) {
  return z.map((value) => 1 / (1 + Math.exp(-value)));
}`,
  tanh: `function tanh(z) {
  return z.map((value) => Math.tanh(value));
}`,
  relu: `function relu(z) {
  return z.map((value) => Math.max(0, value));
}`,
  leakyRelu: `function leakyRelu(z) {
  return z.map((value) => (value > 0 ? value : 0.01 * value));
}`,
  elu: `/** z where z > 0, else e^z - 1 */
function elu(z) {
  return z.map((value) => (value > 0 ? value : Math.expm1(value)));
}`,
  gelu: `/** z Phi(z) = z/2 erfc(-z / sqrt 2) */
function gelu(z) {
  return z.map((value) => (value / 2) * erfc(-value / Math.SQRT2));
}

/** 1 - erf x: by the series of erf below 2 (DLMF 7.6.2), by the continued fraction from there on (DLMF 7.9.1). */
function erfc(x) {
  if (x < -2) return 2 - erfc(-x);
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let fraction = x;
  for (let level = 70; level >= 1; level--) fraction = x + level / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}`,
  softmax: `/** e^z_i / sum over c of e^z_c; the largest z is subtracted first, so that nothing overflows. */
function softmax(z) {
  const largest = z.reduce((most, value) => Math.max(most, value), -Infinity);
  const e = z.map((value) => Math.exp(value - largest));
  const sum = e.reduce((total, value) => total + value, 0);
  return e.map((value) => value / sum);
}`,
} as const;

export type ScriptFunction = keyof typeof FUNCTIONS;

interface ScriptLine {
  readonly needs: readonly ScriptFunction[];
  readonly line: string;
}

const activations = {
  identity: null,
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  relu: 'relu',
  'leaky-relu': 'leakyRelu',
  elu: 'elu',
  gelu: 'gelu',
  softmax: 'softmax',
} satisfies Readonly<Record<ActivationKind, ScriptFunction | null>>;

const a = ({ from }: { readonly from: number }): string => `a${from}`;
const list = (numbers: readonly number[]): string => `[${numbers.join(', ')}]`;

function poolLine(step: Step & { readonly window: PaddedWindow }, reduce: 'max' | 'mean'): ScriptLine {
  const { kernelHeight, kernelWidth, strideHeight, strideWidth } = step.window;
  const sizes = `input: ${list(step.inputShape)}, size: ${list([kernelHeight, kernelWidth])}, stride: ${list([strideHeight, strideWidth])}, output: ${list(step.outputShape)}`;
  return { needs: ['pool', reduce], line: `pool(${a(step)}, ${reduce}, { ${sizes} })` };
}

const layers = {
  dense: (step) => ({ needs: ['dense'], line: `dense(${a(step)}, ${step.W.name}, ${step.b.name})` }),
  conv2d: (step) => {
    const { kernelHeight, kernelWidth, strideHeight, strideWidth, padTop, padLeft } = step.window;
    const sizes =
      `input: ${list(step.inputShape)}, kernel: ${list([kernelHeight, kernelWidth])}, ` +
      `stride: ${list([strideHeight, strideWidth])}, padding: ${list([padTop, padLeft])}, output: ${list(step.outputShape)}`;
    return { needs: ['conv2d'], line: `conv2d(${a(step)}, ${step.W.name}, ${step.b.name}, { ${sizes} })` };
  },
  'max-pool2d': (step) => poolLine(step, 'max'),
  'avg-pool2d': (step) => poolLine(step, 'mean'),
  flatten: (step) => ({ needs: [], line: `${a(step)}` }),
  dropout: (step) => ({ needs: [], line: `${a(step)}` }),
  'batch-norm': (step) => {
    const arrays = (['gamma', 'beta', 'mean', 'variance'] as const).map((name) => `${name}: ${step[name].name}`);
    return {
      needs: ['batchNorm'],
      line: `batchNorm(${a(step)}, { ${arrays.join(', ')}, epsilon: ${step.epsilon} })`,
    };
  },
} satisfies StepRegistry<ScriptLine>;

/** The lines of one layer inside `forward`, and the functions that they call. */
export function scriptStep(step: Step): {
  readonly needs: readonly ScriptFunction[];
  readonly lines: readonly string[];
} {
  const { number, activation, outputShape } = step;
  const { needs, line } = forStep<ScriptLine>(layers, step);
  const shape = ` // [${outputShape.join(', ')}]${outputShape.length > 1 ? `, ${sizeOf(outputShape)} numbers` : ''}`;
  const comment = `  // ${describeStep(step)}`;
  if (activation === null) return { needs, lines: [comment, `  const a${number} = ${line};${shape}`] };
  const g = activations[activation];
  return {
    needs: g === null ? needs : [...needs, g],
    lines: [
      comment,
      `  const z${number} = ${line};${shape}`,
      `  const a${number} = ${g === null ? `z${number}` : `${g}(z${number})`};`,
    ],
  };
}
