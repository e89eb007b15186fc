import type { Preprocessing, RawRow } from '../../src-worker/api';
import { numberAt, type Column } from '../../src-worker/data/column';
import type { ArrayFile, FileData } from '../../src-worker/data/formats';
import type { Table } from '../../src-worker/data/table';
import { encodeRows } from '../../src-worker/inference';
import { ProblemError } from '../../src-worker/problem';
import { sizeOf, type FloatArray } from '../../src-worker/tensor';

/** The rows of a file as a model takes them. */
export interface ModelInputs {
  readonly rows: number;
  /** `[count, …inputShape]`, fresh. */
  slice(from: number, count: number): FloatArray;
}

/** @throws ProblemError where the file is not what the model was trained on: another kind, size, or a column missing */
export function modelInputs(preprocessing: Preprocessing, data: FileData): ModelInputs {
  return data.kind === 'table' ? tableInputs(preprocessing, data.table) : imageInputs(preprocessing, data);
}

function tableInputs(preprocessing: Preprocessing, table: Table): ModelInputs {
  const columns = preprocessing.features.map(({ column, type }) => {
    const found = table.columns.find(({ name }) => name === column);
    if (found === undefined) throw missingColumn(preprocessing, table);
    return { column, cellAt: type === 'number' ? numberCells(found) : textCells(found) };
  });
  return {
    rows: table.rows,
    slice(from, count) {
      const rows = Array.from({ length: count }, (_, n): RawRow =>
        Object.fromEntries(columns.map(({ column, cellAt }) => [column, cellAt(from + n)])),
      );
      return encodeRows(preprocessing, rows);
    },
  };
}

type CellAt = (row: number) => string | number | null;

/** The number as the file's own way of writing numbers gives it; the text where it is none, for the message. */
function numberCells(column: Column): CellAt {
  const text = textCells(column);
  return (row) => {
    const value = numberAt(column, row);
    return Number.isNaN(value) ? text(row) : value;
  };
}

function textCells({ codes, texts, numbers }: Column): CellAt {
  return (row) => {
    if (codes === null) return numbers === null || Number.isNaN(numbers[row]) ? null : (numbers[row] ?? null);
    const code = codes[row] ?? 0;
    return code === 0 ? null : (texts[code] ?? null);
  };
}

function missingColumn({ features }: Preprocessing, table: Table): ProblemError {
  const missing = features
    .map(({ column }) => column)
    .filter((name) => !table.columns.some((each) => each.name === name));
  return new ProblemError({
    code: 'predict/missing-column',
    message: `${table.name} lacks ${missing.map((name) => JSON.stringify(name)).join(', ')}, which the model needs.`,
    hint: 'Give it the columns that the model was trained on, with their names in the first line.',
    file: table.name,
  });
}

function imageInputs({ pixels, inputShape, features }: Preprocessing, { name, shape, values }: ArrayFile): ModelInputs {
  const [rows = 0, ...image] = shape;
  const size = sizeOf(inputShape);
  if (pixels === null || image.length < 2 || sizeOf(image) !== size) {
    const wanted =
      pixels === null ? `a table with ${features.length} columns` : `images of ${inputShape.slice(1).join(' × ')}`;
    throw new ProblemError({
      code: 'predict/other-data',
      message: `${name} holds ${image.length < 2 ? 'no images' : `images of ${image.join(' × ')}`}, but the model was trained on ${wanted}.`,
      hint: 'Give it data of the same kind and size.',
      file: name,
    });
  }
  const plane = sizeOf(inputShape.slice(1));
  return {
    rows,
    slice(from, count) {
      const x = new Float32Array(count * size);
      for (let i = 0; i < x.length; i++) {
        const channel = Math.floor((i % size) / plane);
        x[i] = ((values[from * size + i] ?? NaN) - (pixels.offset[channel] ?? 0)) * (pixels.scale[channel] ?? 1);
      }
      return x;
    },
  };
}
