import type { FeatureTransform, Preprocessing } from '../../../src-worker/api';
import { sizeOf } from '../../../src-worker/tensor';
import { quote } from '../code-text';
import { CELL_FUNCTIONS, CELLS } from './cells';
import { scriptList, scriptNumber } from './literals';

type Of<T extends FeatureTransform['type']> = Extract<FeatureTransform, { type: T }>;

const scaling = ({ offset, scale, fill }: { offset: number; scale: number; fill: number }): string =>
  `offset: ${scriptNumber(offset)}, scale: ${scriptNumber(scale)}, fill: ${scriptNumber(fill)}`;

/** The call that turns a column's cell into its inputs. */
const calls: { readonly [T in FeatureTransform['type']]: (feature: Of<T>, cell: string) => string } = {
  number: (feature, cell) => `number(${cell}, { ${scaling(feature)} })`,
  category: ({ categories, other, fill }, cell) => {
    const rest = [...(other ? ['other: true'] : []), ...(fill === null ? [] : [`fill: ${quote(fill)}`])];
    return `category(${cell}, ${scriptList(categories.map(quote))}${rest.length > 0 ? `, { ${rest.join(', ')} }` : ''})`;
  },
  boolean: ({ no, yes, fill }, cell) =>
    `boolean(${cell}, { no: ${quote(no)}, yes: ${quote(yes)}, fill: ${scriptNumber(fill)} })`,
  date: (feature, cell) =>
    `date(${cell}, { dayFirst: ${feature.dates.order === 'day-first'}, unit: ${quote(feature.dates.numbers)}, ` +
    `${scaling(feature)}, cycles: ${scriptList(feature.cycles.map(quote))} })`,
};

/** `encode(row)` or `encode(image)`: one raw example as the network's input. */
export function preprocessingCode(preprocessing: Preprocessing): string {
  const { features, pixels, inputShape } = preprocessing;
  const size = sizeOf(inputShape);
  if (pixels !== null) {
    return `/**
 * The network's input x [${inputShape.join(', ')}] of a raw image: (value - offset) * scale of each channel.
 * @param {ArrayLike<number>} image [${inputShape.join(', ')}], values as in the file, 0 to 255 where it holds bytes
 */
function encode(image) {
  if (image.length !== ${size}) throw new RangeError("an image has ${size} values, not " + image.length);
  const offset = ${scriptList(pixels.offset.map(scriptNumber))};
  const scale = ${scriptList(pixels.scale.map(scriptNumber))};
  return Float64Array.from(image, (value, i) => {
    const channel = Math.floor(i / ${size / pixels.offset.length});
    return (value - offset[channel]) * scale[channel];
  });
}`;
  }
  const types = [...new Set(features.map(({ type }) => type))];
  const lines = features.map((feature) => {
    const call = calls[feature.type] as (feature: FeatureTransform, cell: string) => string; // of its own type
    return `    ...${call(feature, `cellOf(row, ${quote(feature.column)})`).replaceAll('\n', '\n    ')},`;
  });
  return `${CELLS}
${types.map((type) => CELL_FUNCTIONS[type]).join('\n')}
/** @param {Row} row @param {string} column @returns {Cell} */
function cellOf(row, column) {
  if (!Object.prototype.hasOwnProperty.call(row, column)) throw new TypeError("the row has no column " + JSON.stringify(column));
  return row[column];
}

/**
 * The network's input x [${size}] of one raw row: an object of cells by column. null is a missing value.
 * @param {Row} row
 */
function encode(row) {
  return Float64Array.of(
${lines.join('\n')}
  );
}`;
}
