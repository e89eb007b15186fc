import type { Task } from '../../api';
import type { Definition } from '../../definition';
import type { SampleKind } from '../../experiment/document';
import type { NumberField } from '../../experiment/field';
import type { Random } from '../../random';

/** A generated data set: the same settings give the same points, everywhere. */
export interface SampleDefinition<K extends SampleKind = SampleKind> extends Definition<K> {
  readonly task: Task;
  /** One field for each of `examples`, `noise` and `seed`: the rest of `SampleSource`. */
  readonly fields: readonly NumberField[];
  /** Names of the inputs, then of the target. */
  readonly columns: readonly string[];
  /** Fresh columns, in the order of `columns`, `examples` numbers each; classes are counted from 0. */
  generate(examples: number, noise: number, random: Random): readonly Float64Array[];
}

/** The three fields that every sample has, with its own defaults. */
export function sampleFields(defaults: { examples: number; noise: number; maxNoise: number }): readonly NumberField[] {
  return [
    {
      name: 'examples',
      label: 'Examples',
      help: 'How many points are drawn.',
      symbol: 'm',
      type: 'integer',
      default: defaults.examples,
      min: 10,
      max: 100_000,
      step: 100,
    },
    {
      name: 'noise',
      label: 'Noise',
      help: 'Standard deviation of the noise, in units of the data; 0 draws the pure pattern.',
      type: 'number',
      default: defaults.noise,
      min: 0,
      max: defaults.maxNoise,
      step: 0.05,
    },
    {
      name: 'seed',
      label: 'Seed of the sample',
      help: 'The same seed draws the same points every time.',
      type: 'integer',
      default: 1,
      min: 0,
      max: 4_294_967_295,
      step: 1,
    },
  ];
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
