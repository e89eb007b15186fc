import { ProblemError } from '../../problem';
import { categoriesOf } from '../column';
import { valueReader } from '../reading';
import type { BrowsedTable } from './browse-table';
import type { ScatterAxis, ScatterPoints, ScatterRequest } from './browse-types';
import type { FilteredColumn } from './filter-rows';
import { fileAt } from './table-files';

const MOST_POINTS = 5_000;
/** An axis of more names than this cannot be read. */
const MOST_NAMES = 60;

/**
 * Two columns against each other, evenly drawn from all rows that have both.
 * @throws ProblemError for a column that has no place on an axis
 */
export function drawScatter(table: BrowsedTable, request: ScatterRequest): ScatterPoints {
  const { files, total, partOf } = table;
  const [xAxis, yAxis] = [axisOf(table, request.x), axisOf(table, request.y)];
  const readers = files.map(({ columns }) => ({
    x: readerOf(columns[xAxis.index] ?? null, xAxis.names),
    y: readerOf(columns[yAxis.index] ?? null, yAxis.names),
  }));
  const valuesAt = (place: number): readonly [number, number] => {
    const file = fileAt(files, place);
    const reader = readers[files.indexOf(file)]!;
    return [reader.x(place - file.first), reader.y(place - file.first)];
  };
  const whole = new Uint32Array(total);
  let of = 0;
  for (let place = 0; place < total; place++) {
    const [x, y] = valuesAt(place);
    if (!Number.isNaN(x) && !Number.isNaN(y)) whole[of++] = place;
  }
  const count = Math.min(of, MOST_POINTS);
  const place = Uint32Array.from({ length: count }, (_, n) => whole[Math.floor((n * of) / count)]!);
  const values = Array.from(place, valuesAt);
  return {
    xAxis: { column: request.x, kind: xAxis.kind, names: xAxis.names },
    yAxis: { column: request.y, kind: yAxis.kind, names: yAxis.names },
    x: Float64Array.from(values, ([x]) => x),
    y: Float64Array.from(values, ([, y]) => y),
    place,
    target: Float32Array.from(place, (at) => {
      const file = fileAt(files, at);
      return file.targetAt(at - file.first);
    }),
    part: Uint8Array.from(place, (at) => partOf[at]!),
    of,
  };
}

interface Axis extends ScatterAxis {
  readonly index: number;
}

function axisOf({ resolved, loaded }: BrowsedTable, name: string): Axis {
  const index = resolved.columns.findIndex(({ column }) => column.name === name);
  const found = resolved.columns[index];
  const refuse = (why: string): ProblemError =>
    new ProblemError({
      code: 'data/no-axis',
      message: `${name} ${why}.`,
      hint: 'Choose a column of numbers, dates or a few categories.',
      file: loaded.title,
    });
  if (found === undefined) throw refuse('is no column of these data');
  const { column, reading, type } = found;
  if (reading?.type === 'date') return { index, column: name, kind: 'date', names: [] };
  const isNumber = reading === null ? column.profile.notNumbers === 0 : reading.type === 'number';
  if (isNumber) return { index, column: name, kind: 'number', names: [] };
  const names = categoriesOf(column)?.names ?? [];
  if (names.length === 0 || names.length > MOST_NAMES) throw refuse(`is a ${type} of too many different values`);
  return { index, column: name, kind: 'category', names };
}

function readerOf(filtered: FilteredColumn | null, names: readonly string[]): (row: number) => number {
  if (filtered === null) return () => NaN;
  const { column, reading } = filtered;
  if (names.length === 0) return valueReader(column, reading?.type === 'date' ? reading : { type: 'number' });
  const categories = categoriesOf(column);
  if (categories === null) return () => NaN;
  const indexOf = categories.names.map((name) => names.indexOf(name));
  return (row) => {
    const at = categories.at(row);
    const index = at === -1 ? -1 : indexOf[at]!;
    return index === -1 ? NaN : index;
  };
}
