import type { Task } from '../../api';
import type { Definition } from '../../definition';
import type { SampleKind } from '../../experiment/document';
import type { NumberField } from '../../experiment/field';
import type { Random } from '../../random';

/** What a document says about a sample; a kind without classes of its own choosing is given 2. */
export interface SampleSettings {
  readonly examples: number;
  readonly noise: number;
  readonly classes: number;
}

interface SampleBase<K extends SampleKind> extends Definition<K> {
  readonly task: Task;
  /** `examples`, `noise` and `seed`, and `classes` where their number can be chosen. */
  readonly fields: readonly NumberField[];
}

/** Points on the plane or on a line: numbers in, a class or a number out. */
export interface PlaneSample<K extends SampleKind = SampleKind> extends SampleBase<K> {
  readonly form: 'plane';
  /** Names of the inputs, then of the target. */
  readonly columns: readonly string[];
  /** Fresh columns, in the order of `columns`, one number per example; classes are counted from 0. */
  generate(settings: SampleSettings, random: Random): readonly Float64Array[];
}

/** Pictures drawn one by one. */
export interface ImageSample<K extends SampleKind = SampleKind> extends SampleBase<K> {
  readonly form: 'images';
  readonly classNames: readonly string[];
  /** Channels, height and width. */
  readonly shape: readonly [channels: number, height: number, width: number];
  /** Draws the n-th example into `pixels`, `[channels, height, width]`; returns its class. */
  draw(n: number, noise: number, random: Random, pixels: Uint8Array): number;
}

/** A table of measurements that comes with the app, as the text of a CSV file. */
export interface TableSample<K extends SampleKind = SampleKind> extends SampleBase<K> {
  readonly form: 'table';
  readonly csv: string;
  readonly target: string;
}

/** A data set that needs no file: the same settings give the same examples, everywhere. */
export type SampleDefinition<K extends SampleKind = SampleKind> = PlaneSample<K> | ImageSample<K> | TableSample<K>;

interface FieldDefaults {
  readonly examples: number;
  readonly noise: number;
  readonly maxNoise: number;
  readonly maxExamples?: number;
  readonly step?: number;
  readonly noiseHelp?: string;
}

/** The three fields that every sample has, with its own defaults. */
export function sampleFields(defaults: FieldDefaults): readonly NumberField[] {
  const { maxExamples = 100_000, step = 0.05 } = defaults;
  return [
    {
      name: 'examples',
      label: 'Examples',
      help: 'How many examples there are.',
      symbol: 'm',
      type: 'integer',
      default: defaults.examples,
      min: 10,
      max: maxExamples,
      step: maxExamples < 1000 ? 10 : 100,
    },
    {
      name: 'noise',
      label: 'Noise',
      help: defaults.noiseHelp ?? 'Standard deviation of the noise, in units of the data; 0 draws the pure pattern.',
      type: 'number',
      default: defaults.noise,
      min: 0,
      max: defaults.maxNoise,
      step,
    },
    {
      name: 'seed',
      label: 'Seed of the sample',
      help: 'The same seed draws the same examples every time.',
      type: 'integer',
      default: 1,
      min: 0,
      max: 4_294_967_295,
      step: 1,
    },
  ];
}

/** How many classes are drawn, for samples that can have any number. */
export function classesField(classes: number): NumberField {
  return {
    name: 'classes',
    label: 'Classes',
    help: 'How many classes there are.',
    symbol: 'K',
    type: 'integer',
    default: classes,
    min: 2,
    max: 8,
    step: 1,
  };
}

/** Columns x₁, x₂ and class of `examples` points, each as `draw` gives it; called in order, so that draws keep their places. */
export function drawPlane(
  examples: number,
  draw: (n: number) => readonly [x1: number, x2: number, y: number],
): readonly Float64Array[] {
  const columns = [0, 1, 2].map(() => new Float64Array(examples));
  for (let n = 0; n < examples; n++) draw(n).forEach((value, column) => (columns[column]![n] = value));
  return columns;
}

/** Columns x and y of `examples` points, likewise. */
export function drawLine(examples: number, draw: () => readonly [x: number, y: number]): readonly Float64Array[] {
  const columns = [0, 1].map(() => new Float64Array(examples));
  for (let n = 0; n < examples; n++) draw().forEach((value, column) => (columns[column]![n] = value));
  return columns;
}
