import type { ActivationKind } from '../../../src-worker/experiment/document';
import { describeStep } from '../code-text';
import { forStep, isImage, type PaddedWindow, type Step, type StepRegistry } from '../program';

/** What a layer or an activation is in NumPy: the functions it needs, and the line that calls them. */
interface NumpyLine {
  /** Names of {@link FUNCTIONS}. */
  readonly needs: readonly NumpyFunction[];
  readonly line: string;
}

/** Functions of the generated file, each there only where a layer calls it. */
export const FUNCTIONS = {
  conv2d: `def conv2d(x, W, b, stride, padding):
    """z[f,u,v] = b[f] + sum over c,r,s of W[f,c,r,s] x[c, u S + r - p, v S + s - p]; x [n, c, h, w], W [f, c, r, s]."""
    x = np.pad(x, ((0, 0), (0, 0), *padding))
    windows = np.lib.stride_tricks.sliding_window_view(x, W.shape[2:], axis=(2, 3))
    windows = windows[:, :, :: stride[0], :: stride[1]]  # [n, c, u, v, r, s]
    return np.einsum("ncuvrs,fcrs->nfuv", windows, W, optimize=True) + b[:, None, None]`,
  pool: `def pool(x, size, stride, reduce):
    """Every window of every channel as one number; x [n, c, h, w]. What no whole window covers is left out."""
    windows = np.lib.stride_tricks.sliding_window_view(x, size, axis=(2, 3))
    return reduce(windows[:, :, :: stride[0], :: stride[1]], axis=(4, 5))`,
  sigmoid: `def sigmoid(z):
    """1 / (1 + e^-z), without overflow."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))`,
  gelu: `def gelu(z):
    """z Phi(z) = z/2 (1 + erf(z / sqrt 2))."""
    return z / 2 * (1 + np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2)))`,
  elu: `def elu(z):
    """z where z > 0, else e^z - 1."""
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))`,
  softmax: `def softmax(z):
    """e^z_i / sum over c of e^z_c, over all numbers of each example; the largest z is subtracted first."""
    axes = tuple(range(1, z.ndim))
    e = np.exp(z - z.max(axis=axes, keepdims=True))
    return e / e.sum(axis=axes, keepdims=True)`,
} as const;

export type NumpyFunction = keyof typeof FUNCTIONS;

const activations = {
  identity: () => ({ needs: [], line: '' }),
  sigmoid: (z) => ({ needs: ['sigmoid'], line: `sigmoid(${z})` }),
  tanh: (z) => ({ needs: [], line: `np.tanh(${z})` }),
  relu: (z) => ({ needs: [], line: `np.maximum(${z}, 0)` }),
  'leaky-relu': (z) => ({ needs: [], line: `np.where(${z} > 0, ${z}, 0.01 * ${z})` }),
  elu: (z) => ({ needs: ['elu'], line: `elu(${z})` }),
  gelu: (z) => ({ needs: ['gelu'], line: `gelu(${z})` }),
  softmax: (z) => ({ needs: ['softmax'], line: `softmax(${z})` }),
} satisfies Readonly<Record<ActivationKind, (z: string) => NumpyLine>>;

const a = ({ from }: { readonly from: number }): string => `a${from}`;
const pair = (one: number, two: number): string => `(${one}, ${two})`;
const stride = (window: PaddedWindow): string => pair(window.strideHeight, window.strideWidth);
const size = (window: PaddedWindow): string => pair(window.kernelHeight, window.kernelWidth);
const channel = ({ inputShape, number }: Step, name: string): string =>
  `${name}${number}${isImage(inputShape) ? '[:, None, None]' : ''}`;

/** z of a layer, or a of one without activation, as an expression of the a before it. */
const layers = {
  dense: (step) => {
    const x = step.inputShape.length > 1 ? `${a(step)}.reshape(len(${a(step)}), -1)` : a(step);
    return { needs: [], line: `${x} @ ${step.W.name}.T + ${step.b.name}` };
  },
  conv2d: (step) => {
    const { window, W, b } = step;
    const padding = `(${pair(window.padTop, window.padBottom)}, ${pair(window.padLeft, window.padRight)})`;
    return {
      needs: ['conv2d'],
      line: `conv2d(${a(step)}, ${W.name}, ${b.name}, stride=${stride(window)}, padding=${padding})`,
    };
  },
  'max-pool2d': (step) => ({
    needs: ['pool'],
    line: `pool(${a(step)}, size=${size(step.window)}, stride=${stride(step.window)}, reduce=np.max)`,
  }),
  'avg-pool2d': (step) => ({
    needs: ['pool'],
    line: `pool(${a(step)}, size=${size(step.window)}, stride=${stride(step.window)}, reduce=np.mean)`,
  }),
  flatten: (step) => ({ needs: [], line: `${a(step)}.reshape(len(${a(step)}), -1)` }),
  dropout: (step) => ({ needs: [], line: `${a(step)}  # nothing is dropped after training` }),
  'batch-norm': (step) => ({
    needs: [],
    line:
      `${channel(step, 'gamma')} * (${a(step)} - ${channel(step, 'mean')}) / ` +
      `np.sqrt(${channel(step, 'variance')} + ${step.epsilon}) + ${channel(step, 'beta')}`,
  }),
} satisfies StepRegistry<NumpyLine>;

/** The lines of one layer inside `forward`, and the functions that they call. */
export function numpyStep(step: Step): { readonly needs: readonly NumpyFunction[]; readonly lines: readonly string[] } {
  const { number, activation, outputShape } = step;
  const { needs, line } = forStep<NumpyLine>(layers, step);
  const shape = `# [n, ${outputShape.join(', ')}]`;
  const comment = `    # ${describeStep(step)}`;
  const remark = line.includes('#') ? '' : `  ${shape}`;
  if (activation === null) return { needs, lines: [comment, `    a${number} = ${line}${remark}`] };
  const g = activations[activation](`z${number}`);
  const last = g.line === '' ? `z${number}` : g.line;
  return {
    needs: [...needs, ...g.needs],
    lines: [comment, `    z${number} = ${line}  ${shape}`, `    a${number} = ${last}`],
  };
}
