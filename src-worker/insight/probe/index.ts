import { caught, caughtLater } from '../../caught';
import type { PreparedData } from '../../data/prepared';
import type { RawRow } from '../../api';
import { kindOf } from '../../data/features';
import { createCodecs } from '../../data/images';
import { readAsInput } from '../../data/images/read-as-input';
import type { DataServices } from '../../data/services';
import type { Part } from '../../engine';
import { noData } from '../../inspection';
import { fail, ProblemError, succeed, type Outcome } from '../../problem';
import type { Run } from '../../run';
import { inputFields } from '../inputs/input-fields';
import type { ExampleInput, ProbeApi } from './probe-types';
import { describeImages } from './image-form';
import { probeNetwork } from './probe-network';

/** The calls of the trainer that try single inputs. */
export function probeWith(
  dataOf: () => PreparedData | null,
  withRun: <T>(use: (run: Run) => Outcome<T>) => Outcome<T>,
  { loadCodec }: Pick<DataServices, 'loadCodec'>,
): ProbeApi {
  const codecs = createCodecs(loadCodec);
  const withData = <T>(use: (prepared: PreparedData) => T): Outcome<T> =>
    caught(() => {
      const prepared = dataOf();
      return prepared === null ? fail(noData) : succeed(use(prepared));
    });
  return {
    inputForm: () => withData((prepared) => ({ fields: inputFields(prepared), image: describeImages(prepared) })),

    example: (part, index) => withData((prepared) => exampleOf(prepared, part, index)),

    imageInput: (file) =>
      caughtLater(async () => {
        const prepared = dataOf();
        if (prepared === null) return fail(noData);
        const entry = {
          name: file.name,
          size: file.size,
          read: async () => new Uint8Array(await file.arrayBuffer()),
        };
        return succeed(Float32Array.from(await readAsInput(entry, prepared.preprocessing, codecs)));
      }),

    probe: (input) => withRun(({ network, prepared }) => succeed(probeNetwork(network, prepared.preprocessing, input))),
  };
}

function exampleOf(prepared: PreparedData, part: Part, index: number): ExampleInput {
  const count = prepared.summary.parts[part];
  const raw = Number.isSafeInteger(index) && index >= 0 && index < count ? prepared.raw(part, 1, index) : null;
  if (raw === null) {
    throw new ProblemError({
      code: 'probe/no-example',
      message:
        count === 0
          ? `The ${part} part has no examples.`
          : `The ${part} part has examples 1 to ${count}, but no example ${index + 1}.`,
      hint: 'Choose another example, or another part.',
    });
  }
  const { classes } = prepared.preprocessing.target;
  const target = prepared.targetOf(part, index);
  return {
    ...{ part, index, count },
    input: raw.pixels === null ? { row: raw.rows[0]! } : { pixels: Float32Array.from(raw.pixels) },
    values: raw.pixels === null ? valuesOf(prepared, raw.rows[0]!) : [],
    target: classes.length === 0 ? target : classes[target]!,
  };
}

function valuesOf({ preprocessing: { features } }: PreparedData, row: RawRow): (number | null)[] {
  return features.map((feature) => {
    const value = kindOf(feature.type).fromCell(feature)(row[feature.column] ?? null);
    if (value === null || Number.isNaN(value)) return null;
    if (value >= 0 || feature.type !== 'category') return value;
    // A value without an input of its own is one of the others, if those share one.
    return feature.other ? feature.categories.length : null;
  });
}
