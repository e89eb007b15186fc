import type { FeatureTransform, Preprocessing, Proof } from '../../../src-worker/api';
import { inputNames } from '../../../src-worker/data/features';
import { sizeOf } from '../../../src-worker/tensor';
import { quotePython } from '../code-text';
import { CELL_FUNCTIONS, CELLS } from './cells';
import { numberText, pythonCell, pythonList, pythonNumber } from './literals';

type Of<T extends FeatureTransform['type']> = Extract<FeatureTransform, { type: T }>;

/** The call that turns a column's cell into its inputs. */
const calls: { readonly [T in FeatureTransform['type']]: (feature: Of<T>, cell: string) => string } = {
  number: ({ offset, scale, fill }, cell) =>
    `number(${cell}, offset=${pythonNumber(offset)}, scale=${pythonNumber(scale)}, fill=${pythonNumber(fill)})`,
  category: ({ categories, other, fill }, cell) =>
    `category(${cell}, ${pythonList(categories.map(quotePython))}${other ? ', other=True' : ''}${fill === null ? '' : `, fill=${quotePython(fill)}`})`,
  boolean: ({ no, yes, fill }, cell) =>
    `boolean(${cell}, no=${quotePython(no)}, yes=${quotePython(yes)}, fill=${pythonNumber(fill)})`,
  date: ({ dates, offset, scale, fill, cycles }, cell) =>
    `date(${cell}, day_first=${dates.order === 'day-first' ? 'True' : 'False'}, unit=${quotePython(dates.numbers)}, ` +
    `offset=${pythonNumber(offset)}, scale=${pythonNumber(scale)}, fill=${pythonNumber(fill)}, cycles=${pythonList(cycles.map(quotePython))})`,
};

/**
 * `encode_row(row)`: a raw row as the network's input, in Python alone. Empty for images, which every library scales in its own way.
 */
export function preprocessingCode(preprocessing: Preprocessing): string {
  const { features, pixels, inputShape } = preprocessing;
  if (pixels !== null) return '';
  const types = [...new Set(features.map(({ type }) => type))];
  const lines = features.map((feature) => {
    const call = calls[feature.type] as (feature: FeatureTransform, cell: string) => string; // of its own type
    return `        *${call(feature, `row[${quotePython(feature.column)}]`).replaceAll('\n', '\n        ')},`;
  });
  return `${CELLS}
${types.map((type) => CELL_FUNCTIONS[type]).join('\n')}

def encode_row(row):
    """The network's input x [${sizeOf(inputShape)}] of one raw row: a dict of cells by column. None is a missing value."""
    return [
${lines.join('\n')}
    ]


INPUTS = ${pythonList(inputNames(features).map(quotePython))}
`;
}

/** `CHECK_ROWS` and `CHECK_OUTPUTS`: the proof, as Python. `array` makes an array out of its sizes and the text of its numbers. */
export function proofCode(
  { rows, pixels, outputs, count, part }: Proof,
  { inputShape }: Preprocessing,
  array: (sizes: string, text: string) => string,
): string {
  const where = part === 'drawn' ? 'made-up rows' : `rows of the ${part} part`;
  const width = outputs.length / count;
  const answers = Array.from(
    { length: count },
    (_, n) => `    [${Array.from(outputs.subarray(n * width, (n + 1) * width), pythonNumber).join(', ')}],`,
  );
  const inputs =
    pixels === null
      ? `CHECK_ROWS = [\n${rows
          .map(
            (row) =>
              `    {${Object.entries(row)
                .map(([column, cell]) => `${quotePython(column)}: ${pythonCell(cell)}`)
                .join(', ')}},`,
          )
          .join('\n')}\n]`
      : `CHECK_ROWS = ${array(`(${[count, ...inputShape].join(', ')})`, `"""\n${numberText(pixels, inputShape.at(-1)!)}\n"""`)}`;
  return `# ${where[0]!.toUpperCase()}${where.slice(1)}, and what Layerlab answered them with.
${inputs}
CHECK_OUTPUTS = [
${answers.join('\n')}
]
`;
}
