import type { DataSpec, Preprocessing, Task } from '../api';
import type { Examples, Part, Precision } from '../engine';
import { ProblemError, type Problem } from '../problem';
import { createRandom } from '../random';
import { categoriesOf, numberAt } from './column';
import { encodeInputs, encodeTargets, fitFeature, inputNames } from './encode-table';
import { counted } from './infer-type';
import type { LoadedTable } from './loaded';
import type { PreparedData } from './prepared';
import { resolveColumns, type ResolvedColumns } from './resolve-columns';
import { measure } from './scaling';
import { splitRows } from './split';
import { summarizeTable } from './summarize-table';
import { categoryReader, isMissing, viewOf, viewOfTestTable, type TableView } from './table-view';

/** The rows of a part and where they lie. */
export interface TablePart {
  readonly view: TableView;
  readonly rows: Uint32Array;
  /** Class index of a row, or its raw target. */
  readonly targetAt: (row: number) => number;
}

/** Inputs of all examples together that fit into memory as float32. */
const MAX_INPUTS = 2 ** 28;

/**
 * A table as examples: roles and types decided, rows without a target dropped, the rest split, scaled by the training part.
 *
 * @throws ProblemError where the table, or the document's decisions about it, leave nothing to train on
 */
export function prepareTable(loaded: LoadedTable, spec: DataSpec): PreparedData {
  const resolved = resolveColumns(loaded.table, spec.columns);
  const warnings: Problem[] = [...loaded.warnings, ...resolved.warnings];
  const main = viewOf(loaded.table, resolved);
  const test = loaded.testTable === null ? null : viewOfTestTable(loaded.testTable, resolved, warnings);
  const classes = resolved.task === 'regression' ? [] : classNames(main, test);
  const parts = divide(main, test, resolved, classes, spec, warnings);
  const task: Task = resolved.task === 'regression' ? 'regression' : classes.length === 2 ? 'binary' : 'multi-class';
  const preprocessing = fit(resolved, task, classes, parts.train, spec);
  checkSize(preprocessing, parts, loaded.table.name);
  warnAboutClasses(classes, parts, resolved, warnings);

  return {
    summary: summarizeTable(loaded, resolved, preprocessing, parts, warnings),
    preprocessing,
    examples(part: Part, outputs: number, precision: Precision = 'float32'): Examples | null {
      const { view, rows, targetAt } = parts[part];
      if (rows.length === 0) return null;
      return {
        count: rows.length,
        x: encodeInputs(view, rows, preprocessing.features, precision),
        y: encodeTargets(rows, targetAt, preprocessing, outputs, precision),
      };
    },
  };
}

/** Classes of both files in one order. One that only the test file has is a class too: every answer about it is wrong. */
function classNames(main: TableView, test: TableView | null): readonly string[] {
  const { names } = categoriesOf(main.target)!;
  if (test === null) return names;
  const find = categoryReader(test.target, names);
  const { length } = test.target;
  const unknown = new Set<string>();
  const own = categoriesOf(test.target);
  for (let row = 0; row < length && own !== null; row++) {
    if (own.at(row) !== -1 && find(row) === -1) unknown.add(own.names[own.at(row)]!);
  }
  return [...names, ...[...unknown].sort()];
}

function divide(
  main: TableView,
  test: TableView | null,
  resolved: ResolvedColumns,
  classes: readonly string[],
  spec: DataSpec,
  warnings: Problem[],
): Readonly<Record<Part, TablePart>> {
  const targetOf = (view: TableView): ((row: number) => number) =>
    resolved.task === 'regression' ? (row) => numberAt(view.target, row) : categoryReader(view.target, classes);
  const mainTarget = targetOf(main);
  const usable = usableRows(main, resolved, mainTarget, spec, warnings);
  const grouped = resolved.task !== 'regression' && spec.split.stratify;
  const groups = grouped ? Int32Array.from(usable, mainTarget) : null;
  const shares =
    test === null ? spec.split : { train: spec.split.train + spec.split.test, dev: spec.split.dev, test: 0 };
  const split = splitRows(usable.length, groups, shares, createRandom(spec.split.seed, 'split'));
  const pick = (indices: Uint32Array): TablePart => ({
    view: main,
    rows: indices.map((index) => usable[index]!),
    targetAt: mainTarget,
  });
  if (test === null) return { train: pick(split.train), dev: pick(split.dev), test: pick(split.test) };
  const testTarget = targetOf(test);
  const testRows = usableRows(test, resolved, testTarget, spec, warnings);
  return {
    train: pick(split.train),
    dev: pick(split.dev),
    test: { view: test, rows: testRows, targetAt: testTarget },
  };
}

/** Rows with a target and, where holes are not filled, without holes. */
function usableRows(
  view: TableView,
  resolved: ResolvedColumns,
  targetAt: (row: number) => number,
  { missing }: DataSpec,
  warnings: Problem[],
): Uint32Array {
  const rows = new Uint32Array(view.table.rows);
  let count = 0;
  let withoutTarget = 0;
  let withHoles = 0;
  const types = resolved.features.map(({ type }) => type);
  for (let row = 0; row < view.table.rows; row++) {
    const target = targetAt(row);
    if (Number.isNaN(target) || (target === -1 && resolved.task !== 'regression')) withoutTarget++;
    else if (missing === 'drop' && view.features.some((column, index) => isMissing(column, types[index]!, row)))
      withHoles++;
    else rows[count++] = row;
  }
  const file = view.table.name;
  const target = resolved.target.column.name;
  if (count === 0) throw new ProblemError(nothingLeft(view, resolved, withHoles));
  if (withoutTarget > 0) {
    warnings.push({
      code: 'data/missing-target',
      message: `${counted(withoutTarget, 'row')} of ${file} without ${target} ${withoutTarget === 1 ? 'was' : 'were'} left out.`,
      hint: 'Fill in the target if it is known.',
      file,
    });
  }
  if (withHoles > 0) {
    warnings.push({
      code: 'data/dropped-rows',
      message: `${counted(withHoles, 'row')} of ${file} with a missing value ${withHoles === 1 ? 'was' : 'were'} left out.`,
      hint: 'Fill missing values with the mean, or leave out the columns that have most of them.',
      file,
      path: 'data.missing',
    });
  }
  return rows.slice(0, count);
}

function fit(
  resolved: ResolvedColumns,
  task: Task,
  classes: readonly string[],
  train: TablePart,
  spec: DataSpec,
): Preprocessing {
  const features = resolved.features.map((feature) => fitFeature(feature, spec.scaling, train.rows));
  const inputs = inputNames(features).length;
  const { name } = resolved.target.column;
  if (task !== 'regression' || spec.scaling === 'none') {
    return { task, inputShape: [inputs], features, pixels: null, target: { name, classes, mean: 0, deviation: 1 } };
  }
  const { mean, deviation } = measure(train.rows.length, (index) => train.targetAt(train.rows[index]!));
  const target = { name, classes, mean, deviation: deviation > 0 ? deviation : 1 };
  return { task, inputShape: [inputs], features, pixels: null, target };
}

function checkSize({ inputShape }: Preprocessing, parts: Readonly<Record<Part, TablePart>>, file: string): void {
  const inputs = inputShape[0]!;
  const rows = parts.train.rows.length + parts.dev.rows.length + parts.test.rows.length;
  if (inputs === 0) {
    throw new ProblemError({
      code: 'data/no-features',
      message: `${file} leaves the network no input: its features have no values in the training part.`,
      hint: 'Make another column a feature.',
      file,
      path: 'data.columns',
    });
  }
  if (rows * inputs > MAX_INPUTS) {
    throw new ProblemError({
      code: 'data/too-wide',
      message: `${file} would give ${counted(rows, 'example')} of ${counted(inputs, 'input')}, more than fits into memory.`,
      hint: 'Leave out columns with many categories, or take them as numbers.',
      file,
      path: 'data.columns',
    });
  }
}

function warnAboutClasses(
  classes: readonly string[],
  parts: Readonly<Record<Part, TablePart>>,
  resolved: ResolvedColumns,
  warnings: Problem[],
): void {
  const seen = new Uint32Array(classes.length);
  const { rows, targetAt } = parts.train;
  if (classes.length > 0) for (const row of rows) seen[targetAt(row)]!++;
  const unseen = classes.filter((_, index) => seen[index] === 0);
  if (unseen.length === 0) return;
  warnings.push({
    code: 'data/class-not-in-training',
    message: `The training part has no example of ${unseen.slice(0, 5).join(', ')}${unseen.length > 5 ? ', …' : ''}, so no answer can ever be that.`,
    hint: 'Add examples of it, or change the split.',
    path: `data.columns.${resolved.target.column.name}`,
  });
}

function nothingLeft(view: TableView, resolved: ResolvedColumns, withHoles: number): Problem {
  const file = view.table.name;
  if (withHoles === 0) {
    return {
      code: 'data/no-rows-left',
      message: `No row of ${file} has a value in the target, ${resolved.target.column.name}.`,
      hint: 'Choose another target.',
      file,
      path: 'data.columns',
    };
  }
  const worst = view.features.reduce((most, next) => (next.profile.holes > most.profile.holes ? next : most));
  return {
    code: 'data/no-rows-left',
    message: `Every row of ${file} has a missing value, most often in ${worst.name}, so none is left.`,
    hint: `Fill missing values with the mean, or leave out ${worst.name}.`,
    file,
    path: 'data.missing',
  };
}
