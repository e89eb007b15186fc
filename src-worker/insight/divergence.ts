import { readRows } from '../bound-examples';
import type { BindableExamples, CompiledNetwork, Examples, Trace } from '../engine';
import type { Experiment } from '../experiment/document';
import { lowerRate } from '../experiment/lower-rate';
import { writeNumber } from '../experiment/write-number';
import type { Problem } from '../problem';
import { sizeOf, type FloatArray, type NamedTensor, type Shape } from '../tensor';
import type { Checkpoint, Walk } from '../walk';

/** What stopped being a finite number first, in the order in which a step computes. */
export interface Culprit {
  /** A name of the trace such as `z2`, `dW1` or `loss`, or of the optimizer's arrays such as `s.W1`. */
  readonly name: string;
  /** The number itself: NaN or an infinity. */
  readonly value: number;
  /** Largest size of the same quantity in the step before; null where there was none. */
  readonly before: number | null;
  /** Where in its array, row-major. */
  readonly index: number;
}

/** What a divergence is looked for in. */
export interface Scene {
  readonly network: CompiledNetwork;
  readonly walk: Walk;
  readonly train: BindableExamples;
  readonly inputShape: Shape;
  readonly outputs: number;
}

/**
 * Finds what stopped being finite in the update after step `step`, and leaves the network exactly as it was after that step: it
 * walks there again from the checkpoint, looking at the step before on its way.
 *
 * @param checkpoint of that walk, at or before the step
 */
export function findCulprit(scene: Scene, checkpoint: Checkpoint, step: number): Culprit {
  const { walk, network } = scene;
  walk.goTo(checkpoint);
  const hasBefore = checkpoint.step < step && walk.walkTo(step - 1);
  const before = hasBefore ? traceNext(scene) : null;
  walk.walkTo(step);
  const first = firstInTrace(traceNext(scene), before);
  if (first !== null) return first;
  const here = walk.checkpoint();
  walk.run(1);
  const spoilt = [...network.parameters(), ...network.optimizerState()];
  walk.goTo(here);
  const earlier = [...here.parameters, ...here.optimizer];
  for (const { name, values } of spoilt) {
    const index = values.findIndex((value) => !Number.isFinite(value));
    if (index >= 0) return { name, value: values[index]!, index, before: largest(earlier, name) };
  }
  return { name: 'loss', value: NaN, index: 0, before: before?.loss ?? null };
}

/** The trace of the batch that comes next. */
function traceNext({ walk, network, train, inputShape, outputs }: Scene): Trace {
  const rows = walk.nextBatch();
  const x = new Float64Array(rows.length * sizeOf(inputShape));
  const y = new Float64Array(rows.length * outputs);
  const examples = readRows(train, inputShape, outputs);
  examples.read(rows, x, y, walk.epoch + 1);
  return network.trace(x, y, rows.length, examples.weightsOf(rows));
}

function firstInTrace({ loss, tensors }: Trace, before: Trace | null): Culprit | null {
  const layers = Math.max(0, ...tensors.map(({ name }) => Number(/\d+$/.exec(name)?.[0] ?? 0)));
  const of = (number: number): readonly NamedTensor[] =>
    tensors.filter(({ name }) => /\d+$/.exec(name)?.[0] === String(number));
  const backward = ({ name }: NamedTensor): boolean => /^d[A-Za-z]/.test(name);
  const upwards = Array.from({ length: layers }, (_, l) => of(l + 1).filter((tensor) => !backward(tensor)));
  const downwards = Array.from({ length: layers }, (_, l) => of(layers - l).filter(backward));
  const inputs = tensors.filter(({ name }) => name === 'x' || name === 'y');
  const cost = { name: 'loss', shape: [], values: Float64Array.of(loss) };
  for (const { name, values } of [...inputs, ...upwards.flat(), cost, ...downwards.flat()]) {
    const index = values.findIndex((value) => !Number.isFinite(value));
    if (index < 0) continue;
    const earlier = name === 'loss' ? (before?.loss ?? null) : largest(before?.tensors ?? [], name);
    return { name, value: values[index]!, index, before: earlier };
  }
  return null;
}

/** Largest size in the array of that name; null where there is none or it has no finite number. */
function largest(tensors: readonly NamedTensor[], name: string): number | null {
  const values: FloatArray | undefined = tensors.find((tensor) => tensor.name === name)?.values;
  if (values === undefined) return null;
  let most = -1;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most < 0 ? null : most;
}

/**
 * What the person is told.
 * @param step number of the update that was not made, from 1
 */
export function describeDivergence(culprit: Culprit, step: number, { network, training, data }: Experiment): Problem {
  const what = describeQuantity(culprit.name, network.layers);
  const became = describeValue(culprit.value);
  const { before } = culprit;
  const last = before === null ? '' : `; the step before it was ${formatSize(before)}`;
  const rate = training.optimizer.learningRate;
  const ways = [
    `Lower the learning rate from ${writeNumber(rate)} to ${writeNumber(lowerRate(rate))}`,
    ...(training.clipNorm === 0 ? ['shorten the gradient with a longest gradient of 1'] : []),
    ...(data.scaling === 'none' ? ['scale the data'] : []),
  ];
  return {
    code: 'training/diverged',
    message: `Step ${step.toLocaleString('en')}: ${what} is ${became}${last}. The weights are the last finite ones.`,
    hint: `${ways.join(', or ')}.`,
    path: 'training.optimizer.learningRate',
  };
}

/** The first number of a part's examples that is none, in words; null where all are finite. */
export function describeBadData({ x, y, count }: Examples, part: string): Problem | null {
  const arrays = [
    { what: 'input', values: 'bytes' in x ? null : x },
    { what: 'target', values: y },
  ];
  for (const { what, values } of arrays) {
    const index = values?.findIndex((value) => !Number.isFinite(value)) ?? -1;
    if (values === null || index < 0) continue;
    const number = Math.floor(index / (values.length / count)) + 1;
    return {
      code: 'training/data-not-finite',
      message: `The ${what} of example ${number.toLocaleString('en')} of the ${part} part is ${describeValue(values[index]!)}.`,
      hint: 'Mend or leave out that value in the data; the weights are the last finite ones.',
      path: 'data',
    };
  }
  return null;
}

function describeValue(value: number): string {
  return Number.isNaN(value) ? 'not a number' : 'infinite';
}

/** `dW[2] of layer 2 (dense)`, `s of W[1] of layer 1 (dense)`, `the loss`. */
function describeQuantity(name: string, layers: Experiment['network']['layers']): string {
  const parts = /^(?:(\w+)\.)?([A-Za-z]+)(\d+)$/.exec(name);
  if (parts === null) return name === 'loss' ? 'the loss' : name;
  const [, slot, symbol, number] = parts;
  const kind = layers[Number(number) - 1]?.kind ?? 'layer';
  return `${slot === undefined ? '' : `${slot} of `}${symbol}[${number}] of layer ${number} (${kind})`;
}

function formatSize(size: number): string {
  return size !== 0 && (size >= 1e5 || size < 1e-3)
    ? size.toExponential(1).replace('e+', 'e')
    : String(Number(size.toPrecision(3)));
}

/** Of a run that was saved as it stood after its divergence: what it was is not saved. */
export function divergedBefore(step: number): Problem {
  return {
    code: 'training/diverged',
    message: `This run diverged after step ${step.toLocaleString('en')}; its weights are the last finite ones.`,
    hint: 'Lower the learning rate and go on from the best epoch, or reset the run.',
    path: 'training.optimizer.learningRate',
  };
}
