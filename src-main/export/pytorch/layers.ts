import type { ActivationKind } from '../../../src-worker/experiment/document';
import type { NamedTensor } from '../../../src-worker/tensor';
import { describeStep } from '../code-text';
import { forStep, isImage, type PaddedWindow, type Step, type StepRegistry, type Weights } from '../program';

/** What a layer is in PyTorch. */
interface TorchStep {
  /** The module and, behind it, a remark; null for a layer that is a function. */
  readonly module: string | null;
  /** z, or a of a layer without activation, as an expression. */
  readonly line: string;
  /** Its arrays by the names of `state_dict`. */
  readonly state: readonly (readonly [name: string, weights: Weights])[];
}

const activations = {
  identity: (z) => z,
  sigmoid: (z) => `torch.sigmoid(${z})`,
  tanh: (z) => `torch.tanh(${z})`,
  relu: (z) => `F.relu(${z})`,
  'leaky-relu': (z) => `F.leaky_relu(${z}, 0.01)`,
  elu: (z) => `F.elu(${z})`,
  gelu: (z) => `F.gelu(${z})`,
  softmax: (z, image) => (image ? `torch.softmax(${z}.flatten(1), 1).view_as(${z})` : `torch.softmax(${z}, 1)`),
} satisfies Readonly<Record<ActivationKind, (z: string, image: boolean) => string>>;

const a = ({ from }: { readonly from: number }): string => `a${from}`;
const size = ({ kernelHeight, kernelWidth }: PaddedWindow): string => `(${kernelHeight}, ${kernelWidth})`;
const stride = ({ strideHeight, strideWidth }: PaddedWindow): string => `(${strideHeight}, ${strideWidth})`;
const trained = (W: Weights, b: Weights) => [['weight', W] as const, ['bias', b] as const];

const layers = {
  dense: (step) => ({
    module: `nn.Linear(${step.W.shape[1]}, ${step.W.shape[0]})`,
    line: `self.layer${step.number}(${isImage(step.inputShape) ? `${a(step)}.flatten(1)` : a(step)})`,
    state: trained(step.W, step.b),
  }),
  conv2d: (step) => {
    const { padLeft, padRight, padTop, padBottom } = step.window;
    const pads = [padLeft, padRight, padTop, padBottom];
    const x = pads.some((pad) => pad > 0) ? `F.pad(${a(step)}, (${pads.join(', ')}))` : a(step);
    return {
      module: `nn.Conv2d(${step.W.shape[1]}, ${step.W.shape[0]}, kernel_size=${size(step.window)}, stride=${stride(step.window)})`,
      line: `self.layer${step.number}(${x})`,
      state: trained(step.W, step.b),
    };
  },
  'max-pool2d': (step) => ({
    module: null,
    line: `F.max_pool2d(${a(step)}, ${size(step.window)}, stride=${stride(step.window)})`,
    state: [],
  }),
  'avg-pool2d': (step) => ({
    module: null,
    line: `F.avg_pool2d(${a(step)}, ${size(step.window)}, stride=${stride(step.window)})`,
    state: [],
  }),
  flatten: (step) => ({ module: null, line: `${a(step)}.flatten(1)`, state: [] }),
  dropout: (step) => ({
    module: `nn.Dropout(p=${step.rate})`,
    line: `self.layer${step.number}(${a(step)})`,
    state: [],
  }),
  'batch-norm': (step) => ({
    // PyTorch's momentum is what the running statistics take on, not what they keep.
    module: `nn.BatchNorm${isImage(step.inputShape) ? '2' : '1'}d(${step.channels}, eps=${step.epsilon}, momentum=${Number((1 - step.decay).toPrecision(12))})`,
    line: `self.layer${step.number}(${a(step)})`,
    state: [...trained(step.gamma, step.beta), ['running_mean', step.mean], ['running_var', step.variance]],
  }),
} satisfies StepRegistry<TorchStep>;

/** The lines of a layer in `__init__` and in `forward`. */
export interface TorchLines {
  readonly module: string | null;
  /** As far as z; as far as a for a layer without activation. */
  readonly lines: readonly string[];
  /** From z to a; null without activation. */
  readonly activation: string | null;
}

export function torchStep(step: Step): TorchLines {
  const { number, activation, outputShape } = step;
  const { module, line } = forStep<TorchStep>(layers, step);
  const shape = `  # [n, ${outputShape.join(', ')}]`;
  const comment = `        # ${describeStep(step)}`;
  const own = module === null ? null : `        self.layer${number} = ${module}`;
  if (activation === null)
    return { module: own, lines: [comment, `        a${number} = ${line}${shape}`], activation: null };
  const g = activations[activation](`z${number}`, isImage(outputShape));
  return {
    module: own,
    lines: [comment, `        z${number} = ${line}${shape}`],
    activation: `        a${number} = ${g}`,
  };
}

/** The module's names of the arrays by the app's: `W1` is `layer1.weight`. */
export function torchNames(steps: readonly Step[]): ReadonlyMap<string, string> {
  return new Map(
    steps.flatMap((step) =>
      forStep<TorchStep>(layers, step).state.map(
        ([name, weights]) => [weights.name, `layer${step.number}.${name}`] as const,
      ),
    ),
  );
}

/** The arrays by the names that `load_state_dict` wants: `layer1.weight`. */
export function torchState(steps: readonly Step[]): NamedTensor[] {
  return steps.flatMap((step) =>
    forStep<TorchStep>(layers, step).state.map(([name, { shape, values }]) => ({
      name: `layer${step.number}.${name}`,
      shape,
      values,
    })),
  );
}
