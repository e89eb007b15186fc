import type { Preprocessing } from '../../api';
import type { DataSpec } from '../../experiment/document';
import { inputNames } from '../features';
import type { LoadedTable } from '../loaded';
import type { Parts } from '../prepare-table';
import type { ResolvedColumns } from '../resolve-columns';
import type { ColumnOverview, DataBrowser, DataOverview, RowOrder } from './browse-types';
import { cellWriter, keepsCells } from './cell-text';
import { distributionOf } from './distribution';
import { rowFilter } from './filter-rows';
import { rawCells, readRows } from './read-rows';
import { drawScatter } from './scatter';
import { placesWhere, sortPlaces } from './order-rows';
import { partsOfPlaces, shownPlaces } from './row-parts';
import { sortKeys } from './sort-key';
import { fileAt, filesOf, type TableFile } from './table-files';

/** What a look at a table starts from: the table as it was read, and what was decided about it. */
export interface PreparedTable {
  readonly loaded: LoadedTable;
  readonly spec: Pick<DataSpec, 'relabelled'>;
  readonly resolved: ResolvedColumns;
  readonly preprocessing: Preprocessing;
  readonly parts: Parts;
  /** Examples of each class, by part. */
  readonly classCounts: DataOverview['classCounts'];
  readonly copies: DataOverview['copies'];
}

/** Everything that the looks at one prepared table share. */
export interface BrowsedTable extends PreparedTable {
  readonly files: readonly TableFile[];
  readonly total: number;
  /** Of each place: 0 train, 1 dev, 2 test, 3 none. */
  readonly partOf: Uint8Array;
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
}

/** Cells that all distributions together look at. */
const MOST_CELLS = 4_000_000;
const MOST_ROWS = 200_000;
const LEAST_ROWS = 1_000;
/** Rows whose cells say how wide a column is shown. */
const MEASURED_ROWS = 200;

/** Looks at a prepared table. What takes a pass over all rows is made once and kept. */
export function browseTable(prepared: PreparedTable): DataBrowser {
  const { loaded, resolved, preprocessing, parts } = prepared;
  const files = filesOf(loaded, resolved, parts);
  const own = loaded.table.rows;
  const total = own + (loaded.testTable?.rows ?? 0);
  const first = (part: keyof Parts): number => files.find(({ table }) => table === parts[part].view.table)!.first;
  const partOf = partsOfPlaces(total, {
    train: { rows: parts.train.rows, first: first('train') },
    dev: { rows: parts.dev.rows, first: first('dev') },
    test: { rows: parts.test.rows, first: first('test') },
  });
  const inputs = inputNames(preprocessing.features);
  const targets = targetNames(preprocessing);
  const browsed: BrowsedTable = { ...prepared, files, total, partOf, inputs, targets };
  let ordered: { readonly key: string; readonly places: Uint32Array | null } | null = null;
  const order = (wanted: RowOrder): Uint32Array | null => {
    const key = JSON.stringify(wanted);
    if (ordered?.key !== key) ordered = { key, places: orderOf(browsed, wanted) };
    return ordered.places;
  };
  let columns: readonly ColumnOverview[] | null = null;

  return {
    own,
    placesOf: (part) => {
      const from = first(part);
      return parts[part].rows.map((row) => from + row);
    },
    examplesAt: (places, chosen) => places.map(rawCells(browsed, chosen)).map((cells) => ({ cells, pixels: null })),
    overview: () => ({
      columns: (columns ??= overviewOfColumns(browsed)),
      inputs,
      targets,
      classCounts: prepared.classCounts,
      copies: prepared.copies,
      total,
      own,
    }),
    rows: (request, answer) => readRows(browsed, request, order(request.order), answer),
    scatter: (request) => drawScatter(browsed, request),
    images: () => ({ matching: 0, images: [], found: null }),
  };
}

/** The places of an order; null where they are all of them as they lie. */
function orderOf({ files, total, partOf, spec, resolved }: BrowsedTable, wanted: RowOrder): Uint32Array | null {
  const isShown = shownPlaces(wanted.show, partOf, spec.relabelled);
  const filters = files.map(({ columns }) =>
    rowFilter(
      wanted.filter,
      columns.filter((column) => column !== null),
    ),
  );
  const filtered = filters.some((filter) => filter !== null);
  const sorted = resolved.columns.findIndex(({ column }) => column.name === wanted.sort?.column);
  if (isShown === null && !filtered && sorted === -1) return null;
  const isFound = (place: number): boolean => {
    if (isShown?.(place) === false) return false;
    const file = fileAt(files, place);
    return filters[files.indexOf(file)]?.(place - file.first) !== false;
  };
  const places = placesWhere(total, isFound);
  if (sorted === -1 || wanted.sort === null) return places;
  const keys = sortKeys(files.map(({ columns }) => columns[sorted]!));
  const keyOf = (place: number): number => {
    const file = fileAt(files, place);
    return keys[files.indexOf(file)]!(place - file.first);
  };
  return sortPlaces(places, keyOf, wanted.sort.descending);
}

function overviewOfColumns({ loaded, resolved }: BrowsedTable): readonly ColumnOverview[] {
  const { table } = loaded;
  const rows = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, Math.floor(MOST_CELLS / resolved.columns.length)));
  return resolved.columns.map(({ column, reading }, index) => {
    const write = cellWriter(column, loaded.generated === true);
    const kept = keepsCells(column);
    let widest = 0;
    for (let row = 0; row < Math.min(table.rows, MEASURED_ROWS); row++) {
      widest = Math.max(widest, (kept ? write(row) : table.preview[row]?.[index])?.length ?? 0);
    }
    return { name: column.name, kept, widest, distribution: distributionOf(column, reading, rows) };
  });
}

function targetNames({ task, target }: Preprocessing): readonly string[] {
  if (task === 'regression') return [target.name];
  const shown = task === 'binary' ? target.classes.slice(1) : target.classes;
  return shown.map((name) => `${target.name} = ${name}`);
}
