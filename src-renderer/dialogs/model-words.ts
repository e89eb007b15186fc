import type { DescribedLayer, DescribedTensor, ReadModel } from '../../src-main/bridge';
import type { Outcome } from '../../src-worker/api';
import type { Adopted } from '../../src-worker/experiment/adopt-network';
import type { Problem } from '../../src-worker/problem';
import { formatCount, formatNumber } from '../charts/format';

/** What the dialog of a model says, in words. */

/** `ONNX by pytorch 2.1 · 3 layers · 1,234 numbers in 6 arrays`. */
export function headlineOf({ label, producer, layers, tensors, parameters }: ReadModel): string {
  const parts = [
    producer === '' || producer === label ? label : `${label} by ${producer.slice(0, 80)}`,
    ...(layers.length > 0 ? [counted(layers.length, 'layer')] : []),
    `${formatCount(parameters)} numbers in ${counted(tensors.length, 'array')}`,
  ];
  return parts.join(' · ');
}

export interface Verdict {
  readonly text: string;
  /** What stands in the way of opening it as an experiment. */
  readonly problems: readonly Problem[];
}

/** What can be done with it. @param adoption of a network of another program on the present data; null while it is looked at */
export function verdictOf(read: ReadModel, adoption: Outcome<Adopted> | null): Verdict {
  const { model, network, problems, weights } = read;
  if (model !== null) {
    const { epoch, step } = model.state;
    const place = epoch > 0 || step === 0 ? counted(epoch, 'epoch') : counted(step, 'step');
    const text = `A model of Layerlab: “${model.experiment.name}”, after ${place}. It opens whole, with its experiment, preprocessing, weights and curves.`;
    return { text, problems };
  }
  if (network !== null) {
    if (adoption === null) return { text: 'Looking whether it fits the present data…', problems };
    if (!adoption.ok)
      return { text: 'Every layer is known here, but it does not fit the present data.', problems: adoption.problems };
    const text =
      'Every layer is known here, and it fits the present data. How its inputs were scaled, the file does not say: they are scaled as the data card says.';
    return { text, problems };
  }
  if (problems.length > 0) return { text: 'It can be looked at, but not trained here.', problems };
  return weights.length > 0
    ? { text: 'Arrays without a network: they can go into the one on the screen.', problems }
    : { text: 'It holds nothing that can be used here.', problems };
}

export function layerCells({ name, operator, outputShape, parameters }: DescribedLayer): readonly string[] {
  return [
    name,
    operator,
    outputShape === null ? '' : shapeText(outputShape),
    parameters === 0 ? '' : formatCount(parameters),
  ];
}

export function arrayCells({ name, type, shape, statistics }: DescribedTensor): readonly string[] {
  const numbers =
    statistics === null
      ? ['', '', '', '']
      : [statistics.min, statistics.max, statistics.mean, statistics.deviation].map(formatNumber);
  return [name, type, shapeText(shape), ...numbers];
}

/** A warning where arrays hold what is no number; null where none does. */
export function notFiniteWords(tensors: readonly DescribedTensor[]): string | null {
  const spoilt = tensors.filter(({ statistics }) => statistics !== null && statistics.notFinite > 0);
  const [first] = spoilt;
  if (first === undefined) return null;
  const others = spoilt.length > 1 ? ` and ${counted(spoilt.length - 1, 'other array')}` : '';
  return `${first.name.slice(0, 80)}${others} ${spoilt.length > 1 ? 'hold' : 'holds'} numbers that are not finite: a network with them answers nothing.`;
}

export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join(' × ');
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
