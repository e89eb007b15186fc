import { inputNames } from '../../../src-worker/data/features';
import { layers } from '../../../src-worker/layers';
import { forStep, isImage, sizesOf, type Program, type Step, type StepRegistry, type Weights } from '../program';
import type { Shape } from '../../../src-worker/tensor';

/** Numbers that are drawn one by one; of more, the first and the last, with dots between. */
const MOST_DOTS = 12;

/** A column of the figure: the input, or what a layer gives. */
export interface Column {
  readonly title: string;
  readonly subtitle: string;
  /** `dots` one circle per number, `image` one square per channel. */
  readonly look: 'dots' | 'image';
  readonly shape: Shape;
  /** Indices of the numbers or channels that are drawn; −1 for the dots between. */
  readonly shown: readonly number[];
  /** The weights from the column before, `[units, inputs]`, where both are dots. */
  readonly W: Weights | null;
  /** Names of the shown, where they have some. */
  readonly names: readonly string[];
}

const weightsBetween = {
  dense: ({ W, inputShape }) => (isImage(inputShape) ? null : W),
  conv2d: () => null,
  'max-pool2d': () => null,
  'avg-pool2d': () => null,
  flatten: () => null,
  dropout: () => null,
  'batch-norm': () => null,
} satisfies StepRegistry<Weights | null>;

export function columnsOf({ steps, inputShape, preprocessing }: Program): readonly Column[] {
  const { classes, name } = preprocessing.target;
  const inputs = preprocessing.pixels === null ? inputNames(preprocessing.features) : [];
  const columns = steps.map((step, index): Column => {
    const names = index < steps.length - 1 ? [] : step.outputShape[0] === classes.length ? classes : [name];
    return columnOf(step, names);
  });
  return [{ ...base('x', 'input', inputShape, inputs), W: null }, ...columns];
}

function columnOf(step: Step, names: readonly string[]): Column {
  const { activation, kind, number, outputShape } = step;
  const title = layers[kind].label + (activation === null || activation === 'identity' ? '' : `, ${activation}`);
  return { ...base(title, `layer ${number}`, outputShape, names), W: forStep<Weights | null>(weightsBetween, step) };
}

function base(title: string, subtitle: string, shape: Shape, names: readonly string[]): Omit<Column, 'W'> {
  const image = isImage(shape);
  const count = shape[0]!;
  const most = image ? 8 : MOST_DOTS;
  const half = most / 2;
  const shown =
    count <= most
      ? Array.from({ length: count }, (_, i) => i)
      : [...Array.from({ length: half }, (_, i) => i), -1, ...Array.from({ length: half }, (_, i) => count - half + i)];
  return { title, subtitle: `${subtitle}, ${sizesOf(shape)}`, look: image ? 'image' : 'dots', shape, shown, names };
}
