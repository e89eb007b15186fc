import { ProblemError } from '../../problem';
import { ColumnBuilder, createTextBudget } from '../column-builder';
import type { Column } from '../column';
import { MAX_COLUMNS } from '../limits';
import { columnOfNumbers } from '../number-column';
import { previewOf } from '../preview';
import type { TableFile } from './data-format';
import type { NpyHeader } from './npy-header';
import { parseItemType, swapBytes, type ItemType } from './npy-types';
import type { PythonLiteral } from './python-literal';

/** A field of a structured type, or one element of it where it is an array itself. */
interface Field extends ItemType {
  readonly name: string;
  readonly offset: number;
}

/**
 * A structured array as a table: a column for each field, `name 1`, `name 2` … for a field that is an array itself.
 *
 * @param readElements gives all elements for their size in bytes; checks their number
 * @throws ProblemError for fields inside fields and for types that are neither numbers nor texts
 */
export async function readRecords(
  { descr, shape }: NpyHeader,
  file: string,
  readElements: (bytes: number) => Promise<Uint8Array>,
): Promise<TableFile> {
  const { fields, bytes: size } = fieldsOf(descr as readonly PythonLiteral[], file);
  if (shape.length > 1) {
    throw refused(file, `is a structured array of ${shape.join(' × ')}; a table has one row after the other`);
  }
  const bytes = await readElements(size);
  const rows = shape[0] ?? 1;
  if (rows === 0 || fields.length === 0) throw refused(file, 'is a structured array without rows or fields');
  const budget = createTextBudget();
  const columns = fields.map((field) => readColumn(field, bytes, rows, size, budget));
  return { kind: 'table', table: { name: file, rows, columns, preview: previewOf(columns) }, warnings: [] };
}

function readColumn(
  { name, offset, type, littleEndian }: Field,
  bytes: Uint8Array,
  rows: number,
  size: number,
  budget: ReturnType<typeof createTextBudget>,
): Column {
  const elementAt = (row: number): Uint8Array => bytes.subarray(row * size + offset, row * size + offset + type.bytes);
  if (type.kind === 'text') {
    const builder = new ColumnBuilder(',', budget);
    for (let row = 0; row < rows; row++) builder.add(type.decode(elementAt(row), littleEndian));
    return builder.finish(name);
  }
  const packed = new Uint8Array(rows * type.bytes);
  for (let row = 0; row < rows; row++) packed.set(elementAt(row), row * type.bytes);
  if (!littleEndian) swapBytes(packed, type.bytes);
  return columnOfNumbers(name, type.decode(packed.buffer), budget);
}

function fieldsOf(descr: readonly PythonLiteral[], file: string): { fields: readonly Field[]; bytes: number } {
  const fields: Field[] = [];
  const names = new Set<string>();
  let bytes = 0;
  for (const entry of descr) {
    if (!Array.isArray(entry)) throw refused(file, 'has a type that makes no sense');
    const [title, code, shape = []] = entry;
    // A field may have a long title beside its name.
    const name = Array.isArray(title) ? title[1] : title;
    if (typeof name !== 'string' || typeof code !== 'string' || !Array.isArray(shape)) {
      throw refused(file, 'has fields inside fields');
    }
    const padding = name === '' ? /^\|?V(\d+)$/.exec(code) : null;
    if (padding !== null) {
      bytes += Number(padding[1]);
      continue;
    }
    const item = parseItemType(code);
    if (typeof item === 'string') {
      if (item.startsWith('pickled')) throw pickled(file, name);
      throw refused(file, `holds in its field ${JSON.stringify(name)} ${item}`);
    }
    const count = shape.reduce<number>((product, size) => product * (typeof size === 'number' ? size : NaN), 1);
    if (!(count >= 0 && fields.length + count <= MAX_COLUMNS)) {
      throw refused(file, `has more than ${MAX_COLUMNS.toLocaleString('en')} columns`);
    }
    for (let n = 0; n < count; n++) {
      const column = shape.length === 0 ? name : `${name} ${n + 1}`;
      if (names.has(column)) throw refused(file, `has the field ${JSON.stringify(column)} twice`);
      names.add(column);
      fields.push({ name: column, offset: bytes, ...item });
      bytes += item.type.bytes;
    }
  }
  return { fields, bytes };
}

function pickled(file: string, field: string): ProblemError {
  return new ProblemError({
    code: 'npy/pickled',
    message: `${file} contains pickled Python in its field ${JSON.stringify(field)}; never opened.`,
    hint: 'Save it from Python without that field, or with numbers or texts in it.',
    file,
    byteOffset: 8,
  });
}

function refused(file: string, what: string): ProblemError {
  return new ProblemError({
    code: 'npy/structure',
    message: `${file} ${what}.`,
    hint: 'Save it from Python as a plain array or as CSV.',
    file,
    byteOffset: 8,
  });
}
