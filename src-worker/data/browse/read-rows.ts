import { writeAll } from '../../bound-examples';
import { encodeInputs, encodeTargets } from '../encode-table';
import type { Answering, RowsPage, RowsRequest, RowView } from './browse-types';
import type { BrowsedTable } from './browse-table';
import { cellWriter, keepsCells } from './cell-text';
import { partNamedBy } from './row-parts';
import { fileAt, type TableFile } from './table-files';

/** Rows of one answer: what no screen holds more of. */
const MOST_ROWS = 500;

/**
 * The rows at some positions of an order.
 * @param order places; null where they are all of them as they lie
 * @param answer what the network says, where there is one of these data
 */
export function readRows(
  table: BrowsedTable,
  request: RowsRequest,
  order: Uint32Array | null,
  answer: Answering | null,
): RowsPage {
  const matching = order?.length ?? table.total;
  const from = Math.max(0, Math.min(matching, Math.floor(request.from)));
  const count = Math.max(0, Math.min(MOST_ROWS, matching - from, Math.ceil(request.count)));
  const places = Array.from({ length: count }, (_, n) => order?.[from + n] ?? from + n);
  const read = request.as === 'raw' ? rawCells(table, request.columns) : null;
  const numbers = request.as === 'raw' && answer === null ? null : encode(table, places);
  const answers = numbers === null || answer === null ? null : answer(numbers.x, count);
  const rows = places.map((place, n): RowView => ({
    place,
    part: partNamedBy(table.partOf[place]!),
    own: place < table.loaded.table.rows,
    cells: read === null ? [] : read(place),
    numbers: read === null ? numbersOf(table, numbers!, n, request.columns) : null,
    target: targetOf(table, place),
    answer: answers?.[n] ?? null,
  }));
  return { matching, rows, found: request.find === undefined ? null : positionOf(request.find, order, table.total) };
}

function targetOf({ files, preprocessing: { target } }: BrowsedTable, place: number): string | number | null {
  const file = fileAt(files, place);
  const value = file.targetAt(place - file.first);
  if (Number.isNaN(value)) return null;
  return target.classes.length === 0 ? value : target.classes[value]!;
}

function positionOf(place: number, order: Uint32Array | null, total: number): number | null {
  const position = order === null ? (place < total ? place : -1) : order.indexOf(place);
  return position < 0 ? null : position;
}

/** Reads the cells of a row, as they were read, by its place. */
export function rawCells(
  { files, loaded }: BrowsedTable,
  { from, count }: RowsRequest['columns'],
): (place: number) => readonly (string | null)[] {
  const short = loaded.generated === true;
  const writers = new Map(
    files.map((file) => [
      file,
      file.columns.slice(from, from + count).map((filtered, index) => {
        if (filtered === null) return () => null;
        const { column } = filtered;
        if (keepsCells(column)) return cellWriter(column, short);
        const { preview, columns } = file.table;
        const at = file.first === 0 ? from + index : columns.indexOf(column);
        return (row: number) => preview[row]?.[at] || null;
      }),
    ]),
  );
  return (place) => {
    const file = fileAt(files, place);
    return writers.get(file)!.map((write) => write(place - file.first));
  };
}

interface Numbers {
  /** `[rows, inputs]` */
  readonly x: Float32Array;
  /** `[rows, targets]` */
  readonly y: Float32Array;
}

function encode({ files, preprocessing, inputs, targets }: BrowsedTable, places: readonly number[]): Numbers {
  const x = new Float32Array(places.length * inputs.length);
  const y = new Float32Array(places.length * targets.length);
  for (const file of files) {
    const here = places.flatMap((place, n) => (fileAt(files, place) === file ? [n] : []));
    const rows = Uint32Array.from(here, (n) => places[n]! - file.first);
    const ownX = writeAll(encodeInputs(file.view, rows, preprocessing.features, 'float32'));
    const ownY = targetsOf(file, rows, preprocessing, targets.length);
    here.forEach((n, own) => {
      x.set(ownX.subarray(own * inputs.length, (own + 1) * inputs.length), n * inputs.length);
      y.set(ownY.subarray(own * targets.length, (own + 1) * targets.length), n * targets.length);
    });
  }
  return { x, y };
}

function targetsOf(
  { targetAt }: TableFile,
  rows: Uint32Array,
  preprocessing: BrowsedTable['preprocessing'],
  width: number,
): Float32Array {
  const known = rows.filter((row) => !Number.isNaN(targetAt(row)));
  const encoded = encodeTargets(known, targetAt, preprocessing, width, 'float32');
  const y = new Float32Array(rows.length * width).fill(NaN);
  let at = 0;
  rows.forEach((row, n) => {
    if (Number.isNaN(targetAt(row))) return;
    y.set(encoded.subarray(at * width, (at + 1) * width), n * width);
    at++;
  });
  return y;
}

function numbersOf(
  { inputs, targets }: BrowsedTable,
  { x, y }: Numbers,
  n: number,
  { from, count }: RowsRequest['columns'],
): Float32Array {
  const all = new Float32Array(inputs.length + targets.length);
  all.set(x.subarray(n * inputs.length, (n + 1) * inputs.length));
  all.set(y.subarray(n * targets.length, (n + 1) * targets.length), inputs.length);
  return all.slice(from, from + count);
}
