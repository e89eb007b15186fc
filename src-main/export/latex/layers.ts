import type { ActivationKind } from '../../../src-worker/experiment/document';
import type { Shape } from '../../../src-worker/tensor';
import { forStep, isImage, type PaddedWindow, type StepRegistry, type Step } from '../program';

/** R^{4 \times 2}. */
export function space(shape: Shape): string {
  return `\\mathbb{R}^{${shape.join(' \\times ')}}`;
}

const activations = {
  identity: (z) => z,
  sigmoid: (z) => `\\frac{1}{1 + e^{-${z}}}`,
  tanh: (z) => `\\tanh\\bigl(${z}\\bigr)`,
  relu: (z) => `\\max\\bigl(0, ${z}\\bigr)`,
  'leaky-relu': (z) => `\\max\\bigl(${z}, 0.01\\,${z}\\bigr)`,
  elu: (z) => `\\begin{cases} ${z} & ${z} > 0 \\\\ e^{${z}} - 1 & ${z} \\le 0 \\end{cases}`,
  gelu: (z) => `${z}\\,\\Phi\\bigl(${z}\\bigr)`,
  softmax: (z) => `\\frac{e^{${z}}}{\\sum_c e^{${z}_c}}`,
} satisfies Readonly<Record<ActivationKind, (z: string) => string>>;

const at = (symbol: string, layer: number): string => `${symbol}^{[${layer}]}`;
const before = ({ from }: { readonly from: number }): string => at('a', from);
const stride = (window: PaddedWindow): string =>
  `u S_h + r${window.padTop > 0 ? ` - ${window.padTop}` : ''},\\, v S_w + s${window.padLeft > 0 ? ` - ${window.padLeft}` : ''}`;
const sizes = (window: PaddedWindow): string =>
  `S_h = ${window.strideHeight},\\; S_w = ${window.strideWidth},\\; 0 \\le r < ${window.kernelHeight},\\; 0 \\le s < ${window.kernelWidth}`;

/** What a layer gives before its activation, where and how it is made. */
interface Equation {
  readonly right: string;
  /** Sizes of its arrays, as formulas. */
  readonly where: readonly string[];
  /** Indices on the left, for a layer that is written element by element. */
  readonly index?: string;
}

const equations = {
  dense: (step) => {
    const [W, b] = [at('W', step.number), at('b', step.number)];
    const x = isImage(step.inputShape) ? `\\operatorname{vec}\\,${before(step)}` : before(step);
    return {
      right: `${W} ${x} + ${b}`,
      where: [`${W} \\in ${space(step.W.shape)}`, `${b} \\in ${space(step.b.shape)}`],
    };
  },
  conv2d: (step) => {
    const [W, b] = [at('W', step.number), at('b', step.number)];
    return {
      index: 'f,u,v',
      right: `${b}_f + \\sum_{c,r,s} ${W}_{f,c,r,s}\\, ${before(step)}_{c,\\,${stride(step.window)}}`,
      where: [`${W} \\in ${space(step.W.shape)}`, `${b} \\in ${space(step.b.shape)}`, sizes(step.window)],
    };
  },
  'max-pool2d': (step) => ({
    index: 'c,u,v',
    right: `\\max_{r,s} ${before(step)}_{c,\\,${stride(step.window)}}`,
    where: [sizes(step.window)],
  }),
  'avg-pool2d': (step) => ({
    index: 'c,u,v',
    right: `\\frac{1}{${step.window.kernelHeight * step.window.kernelWidth}} \\sum_{r,s} ${before(step)}_{c,\\,${stride(step.window)}}`,
    where: [sizes(step.window)],
  }),
  flatten: (step) => ({ right: `\\operatorname{vec}\\,${before(step)}`, where: [] }),
  dropout: (step) => ({
    right: before(step),
    where: [`\\text{in training each number is 0 with probability } ${step.rate}`],
  }),
  'batch-norm': (step) => {
    const [gamma, beta] = [at('\\gamma', step.number), at('\\beta', step.number)];
    const [mean, variance] = [at('\\mu', step.number), `(${at('\\sigma', step.number)})^2`];
    return {
      right: `${gamma} \\frac{${before(step)} - ${mean}}{\\sqrt{${variance} + ${power(step.epsilon)}}} + ${beta}`,
      where: [`${gamma}, ${beta}, ${mean}, ${variance} \\in ${space([step.channels])}`],
    };
  },
} satisfies StepRegistry<Equation>;

/** 10^{-5} for 1e-5, 0.02 for 0.02. */
function power(value: number): string {
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  if (value >= 0.001) return String(value);
  return `${digits === '1' ? '' : `${digits} \\cdot `}10^{${Number(exponent)}}`;
}

/** The equations of a layer, in the notes' notation, one after the other. */
export function layerEquations(step: Step): {
  readonly equations: readonly string[];
  readonly where: readonly string[];
} {
  const { number, activation, outputShape } = step;
  const { right, where, index } = forStep<Equation>(equations, step);
  const sub = index === undefined ? '' : `_{${index}}`;
  const [z, a] = [at('z', number), at('a', number)];
  const result = [...where, `${a} \\in ${space(outputShape)}`];
  if (activation === null) return { equations: [`${a}${sub} &= ${right}`], where: result };
  return { equations: [`${z}${sub} &= ${right}`, `${a} &= ${activations[activation](z)}`], where: result };
}
