import type { ActivationKind } from '../../../src-worker/experiment/document';
import { sizeOf } from '../../../src-worker/tensor';
import { describeStep } from '../code-text';
import { hexFloat } from './literals';
import { forStep, type PaddedWindow, type Step, type StepRegistry } from '../program';

/** Functions of the generated header, each there only where a layer calls it. */
export const FUNCTIONS = {
  dense: `/* z[j] = b[j] + sum over i of W[j,i] x[i] */
static inline void dense(const double *x, int inputs, const float *W, const float *b, double *z, int units) {
  for (int j = 0; j < units; j++) {
    double sum = b[j];
    for (int i = 0; i < inputs; i++) sum += (double)W[(size_t)j * inputs + i] * x[i];
    z[j] = sum;
  }
}`,
  window: `/* A window that slides over an image of channels x height x width; rows x columns is what it leaves. */
typedef struct {
  int channels, height, width, kernel_height, kernel_width, stride_height, stride_width, pad_top, pad_left, rows, columns;
} window_t;`,
  conv2d: `/* z[f,u,v] = b[f] + sum over c,r,s of W[f,c,r,s] x[c, u S + r - p, v S + s - p]; outside of the image x is 0. */
static inline void conv2d(const double *x, const float *W, const float *b, double *z, int filters, window_t w) {
  for (int f = 0; f < filters; f++)
    for (int u = 0; u < w.rows; u++)
      for (int v = 0; v < w.columns; v++) {
        double sum = b[f];
        for (int c = 0; c < w.channels; c++)
          for (int r = 0; r < w.kernel_height; r++) {
            int y = u * w.stride_height + r - w.pad_top;
            if (y < 0 || y >= w.height) continue;
            for (int s = 0; s < w.kernel_width; s++) {
              int h = v * w.stride_width + s - w.pad_left;
              if (h < 0 || h >= w.width) continue;
              sum += (double)W[(((size_t)f * w.channels + c) * w.kernel_height + r) * w.kernel_width + s] *
                     x[((size_t)c * w.height + y) * w.width + h];
            }
          }
        *z++ = sum;
      }
}`,
  max_pool2d: `/* The largest number of every window of every channel. */
static inline void max_pool2d(const double *x, double *a, window_t w) {
  for (int c = 0; c < w.channels; c++)
    for (int u = 0; u < w.rows; u++)
      for (int v = 0; v < w.columns; v++) {
        double most = -INFINITY;
        for (int r = 0; r < w.kernel_height; r++)
          for (int s = 0; s < w.kernel_width; s++)
            most = fmax(most, x[((size_t)c * w.height + u * w.stride_height + r) * w.width + v * w.stride_width + s]);
        *a++ = most;
      }
}`,
  avg_pool2d: `/* The mean of every window of every channel. */
static inline void avg_pool2d(const double *x, double *a, window_t w) {
  for (int c = 0; c < w.channels; c++)
    for (int u = 0; u < w.rows; u++)
      for (int v = 0; v < w.columns; v++) {
        double sum = 0;
        for (int r = 0; r < w.kernel_height; r++)
          for (int s = 0; s < w.kernel_width; s++)
            sum += x[((size_t)c * w.height + u * w.stride_height + r) * w.width + v * w.stride_width + s];
        *a++ = sum / (w.kernel_height * w.kernel_width);
      }
}`,
  batch_norm: `/* z = gamma (x - mean) / sqrt(variance + epsilon) + beta, channel by channel, with the statistics of the training. */
static inline void batch_norm(const double *x, const float *gamma, const float *beta, const float *mean,
                              const float *variance, double epsilon, double *z, int channels, int positions) {
  for (int c = 0; c < channels; c++)
    for (int i = c * positions; i < (c + 1) * positions; i++)
      z[i] = gamma[c] * (x[i] - mean[c]) / sqrt(variance[c] + epsilon) + beta[c];
}`,
  sigmoid: `static inline void sigmoid(const double *z, double *a, int n) {
  for (int i = 0; i < n; i++) a[i] = 1 / (1 + exp(-z[i]));
}`,
  hyperbolic_tangent: `static inline void hyperbolic_tangent(const double *z, double *a, int n) {
  for (int i = 0; i < n; i++) a[i] = tanh(z[i]);
}`,
  relu: `static inline void relu(const double *z, double *a, int n) {
  for (int i = 0; i < n; i++) a[i] = z[i] > 0 ? z[i] : 0;
}`,
  leaky_relu: `static inline void leaky_relu(const double *z, double *a, int n) {
  for (int i = 0; i < n; i++) a[i] = z[i] > 0 ? z[i] : 0.01 * z[i];
}`,
  elu: `/* z where z > 0, else e^z - 1 */
static inline void elu(const double *z, double *a, int n) {
  for (int i = 0; i < n; i++) a[i] = z[i] > 0 ? z[i] : expm1(z[i]);
}`,
  gelu: `/* z Phi(z) = z/2 erfc(-z / sqrt 2) */
static inline void gelu(const double *z, double *a, int n) {
  for (int i = 0; i < n; i++) a[i] = z[i] / 2 * erfc(-z[i] / sqrt(2.0));
}`,
  softmax: `/* e^z_i / sum over c of e^z_c; the largest z is subtracted first, so that nothing overflows. */
static inline void softmax(const double *z, double *a, int n) {
  double most = -INFINITY, sum = 0;
  for (int i = 0; i < n; i++) most = fmax(most, z[i]);
  for (int i = 0; i < n; i++) sum += (a[i] = exp(z[i] - most));
  for (int i = 0; i < n; i++) a[i] /= sum;
}`,
} as const;

export type CFunction = keyof typeof FUNCTIONS;

interface CLine {
  readonly needs: readonly CFunction[];
  /** Fills the array of this name. */
  readonly call: (result: string) => string;
}

const activations = {
  identity: null,
  sigmoid: 'sigmoid',
  tanh: 'hyperbolic_tangent',
  relu: 'relu',
  'leaky-relu': 'leaky_relu',
  elu: 'elu',
  gelu: 'gelu',
  softmax: 'softmax',
} satisfies Readonly<Record<ActivationKind, CFunction | null>>;

const a = ({ from }: { readonly from: number }): string => `a${from}`;
const copy = (step: Step): CLine => ({
  needs: [],
  call: (result) => `memcpy(${result}, ${a(step)}, sizeof ${result});`,
});

/** The order of the fields of window_t. */
function windowText(window: PaddedWindow): string {
  const { channels, height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, padTop, padLeft } = window;
  const numbers = [channels, height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, padTop, padLeft];
  return `(window_t){${[...numbers, window.outHeight, window.outWidth].join(', ')}}`;
}

const layers = {
  dense: (step) => ({
    needs: ['dense'],
    call: (z) =>
      `dense(${a(step)}, ${sizeOf(step.inputShape)}, ${step.W.name}, ${step.b.name}, ${z}, ${step.b.values.length});`,
  }),
  conv2d: (step) => ({
    needs: ['window', 'conv2d'],
    call: (z) =>
      `conv2d(${a(step)}, ${step.W.name}, ${step.b.name}, ${z}, ${step.b.values.length}, ${windowText(step.window)});`,
  }),
  'max-pool2d': (step) => ({
    needs: ['window', 'max_pool2d'],
    call: (result) => `max_pool2d(${a(step)}, ${result}, ${windowText(step.window)});`,
  }),
  'avg-pool2d': (step) => ({
    needs: ['window', 'avg_pool2d'],
    call: (result) => `avg_pool2d(${a(step)}, ${result}, ${windowText(step.window)});`,
  }),
  flatten: copy,
  dropout: copy,
  'batch-norm': (step) => {
    const arrays = [step.gamma, step.beta, step.mean, step.variance].map(({ name }) => name).join(', ');
    return {
      needs: ['batch_norm'],
      call: (z) =>
        `batch_norm(${a(step)}, ${arrays}, ${hexFloat(step.epsilon)}, ${z}, ${step.channels}, ${step.positions});`,
    };
  },
} satisfies StepRegistry<CLine>;

/** The lines of one layer inside `model_forward`, and the functions that they call. */
export function cStep(step: Step): { readonly needs: readonly CFunction[]; readonly lines: readonly string[] } {
  const { number, activation, outputShape } = step;
  const size = sizeOf(outputShape);
  const { needs, call } = forStep<CLine>(layers, step);
  const g = activation === null ? null : activations[activation];
  const declare = (name: string): string => `  static double ${name}[${size}]; /* [${outputShape.join(', ')}] */`;
  const head = `  /* ${describeStep(step)} */`;
  if (g === null) return { needs, lines: [head, declare(`a${number}`), `  ${call(`a${number}`)}`] };
  return {
    needs: [...needs, g],
    lines: [
      head,
      `  static double z${number}[${size}], a${number}[${size}]; /* [${outputShape.join(', ')}] */`,
      `  ${call(`z${number}`)}`,
      `  ${g}(z${number}, a${number}, ${size});`,
    ],
  };
}
