import type { Preprocessing, RawRow } from '../api';
import { numberCells, textCells } from '../data/column-cells';
import type { BundleFile, DataPart, FileData } from '../data/formats';
import type { LoadCodec } from '../data/images/codecs';
import { isLabelFile } from '../data/pair-images';
import type { Table } from '../data/table';
import { tableOfArrays } from '../data/table-of-arrays';
import { encodeRows } from '../inference';
import { ProblemError } from '../problem';
import type { FloatArray } from '../tensor';
import { imageFileInputs, imageInputs } from './image-inputs';

/** The rows of a file as a model takes them. */
export interface ModelInputs {
  readonly rows: number;
  /** What each row is called; null where rows are counted. */
  readonly names: readonly string[] | null;
  /** `[count, …inputShape]`, fresh. */
  slice(from: number, count: number): FloatArray;
}

/**
 * Of an archive the one file that is no label. An array with as many columns as the model has features is taken in their order,
 * since arrays do not name their columns.
 * @throws ProblemError where the file is not what the model was trained on: another kind, size, or a column missing
 */
export async function modelInputs(
  preprocessing: Preprocessing,
  data: FileData,
  loadCodec: LoadCodec | null,
): Promise<ModelInputs> {
  if (data.kind === 'bundle') return modelInputs(preprocessing, await inputsOf(data), loadCodec);
  if (data.kind === 'images') return imageFileInputs(preprocessing, data, loadCodec);
  if (data.kind === 'table') return tableInputs(preprocessing, data.table);
  if (data.shape.length !== 2 || preprocessing.pixels !== null) return imageInputs(preprocessing, data);
  const table = tableOfArrays([data], '');
  const { features } = preprocessing;
  if (table.columns.length !== features.length) return tableInputs(preprocessing, table);
  const columns = table.columns.map((column, index) => ({ ...column, name: features[index]!.column }));
  return tableInputs(preprocessing, { ...table, columns });
}

async function inputsOf({ name, entries }: BundleFile): Promise<DataPart> {
  const inputs = entries.length === 1 ? entries : entries.filter((entry) => !isLabelFile(entry.name));
  const [only, another] = inputs;
  if (only !== undefined && another === undefined) return only.read();
  throw new ProblemError({
    code: 'predict/many-files',
    message: `${name} holds ${inputs.length === 0 ? 'no inputs' : `more than one file: ${inputs.map((entry) => entry.name).join(', ')}`}.`,
    hint: 'Predict for one file at a time: unpack it and give one of them.',
    file: name,
  });
}

function tableInputs(preprocessing: Preprocessing, table: Table): ModelInputs {
  const columns = preprocessing.features.map(({ column, type }) => {
    const found = table.columns.find(({ name }) => name === column);
    if (found === undefined) throw missingColumn(preprocessing, table);
    return { column, cellAt: type === 'number' ? numberCells(found) : textCells(found) };
  });
  return {
    rows: table.rows,
    names: null,
    slice(from, count) {
      const rows = Array.from({ length: count }, (_, n): RawRow =>
        Object.fromEntries(columns.map(({ column, cellAt }) => [column, cellAt(from + n)])),
      );
      return encodeRows(preprocessing, rows);
    },
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
