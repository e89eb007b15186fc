import type { DataSpec, Preprocessing, Task } from '../api';
import { writeAll } from '../bound-examples';
import type { BindableExamples, EncodedInputs, Part, Precision } from '../engine';
import type { ClassWeights } from '../experiment/document';
import { ProblemError, type Problem } from '../problem';
import { browseTable } from './browse/browse-table';
import { lazily } from './browse/lazily';
import { weighExamples } from './class-weights';
import { numberCells, textCells } from './column-cells';
import { decisionFor } from './column-decisions';
import { copiesIn, warnOfDuplicates, type Repeats } from './duplicates';
import { encodeInputs, encodeTargets } from './encode-table';
import { inputNames, kindOf, settingsFor } from './features';
import { counted } from './infer-type';
import type { LoadedTable } from './loaded';
import { nothingToTrain } from './nothing-to-train';
import type { PreparedData } from './prepared';
import { repeatedRows } from './repeated-rows';
import { resolveColumns, type ResolvedColumns } from './resolve-columns';
import { measure } from './scaling';
import { splitColumn } from './split-column';
import { split } from './split-methods';
import { summarizeTable } from './summarize-table';
import { classNames, relabel, targetReader } from './table-target';
import { viewOf, viewOfTestTable, type TableView } from './table-view';
import { usableRows } from './usable-rows';
import { isVaried } from './variation';
import { warnOfClasses } from './warn-of-classes';
import { warnOfSingledOut } from './warn-of-singled-out';

/** The rows of a part and where they lie. */
export interface TablePart {
  readonly view: TableView;
  readonly rows: Uint32Array;
  /** Class index of a row, or its raw target. */
  readonly targetAt: (row: number) => number;
}

export type Parts = Readonly<Record<Part, TablePart>>;

/** Inputs of all examples together that fit into memory as float32. */
const MAX_INPUTS = 2 ** 28;

/**
 * A table as examples: roles and types decided, rows without a target dropped, the rest split, scaled by the training part.
 *
 * @throws ProblemError where the table, or the document's decisions about it, leave nothing to train on
 */
export function prepareTable(loaded: LoadedTable, spec: DataSpec): PreparedData {
  if (isVaried(spec.augmentation)) throw new ProblemError(variesTable(loaded.title));
  const splitter = spec.split.method === 'column' ? spec.split.column : null;
  const resolved = resolveColumns(loaded.table, { ...loaded.known, ...spec.columns }, splitter);
  const warnings: Problem[] = [...loaded.warnings, ...resolved.warnings];
  const main = viewOf(loaded.table, resolved);
  const test = loaded.testTable === null ? null : viewOfTestTable(loaded.testTable, resolved, warnings);
  const classes = classNames(resolved, main, test);
  const parts = divide(main, test, resolved, classes, spec, warnings);
  const task: Task = resolved.task === 'regression' ? 'regression' : classes.length === 2 ? 'binary' : 'multi-class';
  const preprocessing = fit(resolved, task, classes, parts.train, spec);
  checkSize(preprocessing, parts, loaded.table.name);
  const classCounts = countsByPart(classes, parts);
  warnings.push(...warnOfClasses(classes, classCounts, resolved.target.column.name));
  warnings.push(...warnOfSingledOut(spec, loaded.table.rows, loaded.title));
  const repeats = loaded.generated ? null : repeatsIn(loaded, resolved, parts);
  const duplicates = repeats && warnOfDuplicates(repeats, 'row', loaded.table.name);
  if (duplicates !== null) warnings.push(duplicates);
  const copies = repeats === null ? [] : copiesIn(repeats);
  const bindable = (
    part: Part,
    outputs: number,
    precision: Precision = 'float32',
    classWeights: ClassWeights = 'none',
  ): (BindableExamples & { readonly x: EncodedInputs }) | null => {
    const { view, rows, targetAt } = parts[part];
    if (rows.length === 0) return null;
    const x = encodeInputs(view, rows, preprocessing.features, precision);
    const y = encodeTargets(rows, targetAt, preprocessing, outputs, precision);
    const classAt = (n: number): number => targetAt(rows[n]!);
    const weights =
      part === 'train' ? weighExamples(classWeights, rows.length, classes, classAt, precision) : undefined;
    return weights === undefined ? { count: rows.length, x, y } : { count: rows.length, x, y, weights };
  };

  return {
    summary: summarizeTable(loaded, spec, resolved, preprocessing, parts, warnings),
    preprocessing,
    ranges: null,
    browser: lazily(() => browseTable({ loaded, spec, resolved, preprocessing, parts, classCounts, copies })),
    bindable,
    examples(part, ...asked) {
      const examples = bindable(part, ...asked);
      return examples === null ? null : { ...examples, x: writeAll(examples.x) };
    },
    raw(part, most, from = 0) {
      const { view, rows } = parts[part];
      if (rows.length === 0) return null;
      const cells = view.features.map((column, index) => {
        const { column: name, type } = preprocessing.features[index]!;
        return [name, type === 'number' ? numberCells(column) : textCells(column)] as const;
      });
      const first = [...rows.subarray(from, from + most)];
      const raw = first.map((row) => Object.fromEntries(cells.map(([name, cellAt]) => [name, cellAt(row)])));
      return { count: raw.length, rows: raw, pixels: null };
    },
    targetOf: (part, index) => parts[part].targetAt(parts[part].rows[index]!),
  };
}

function variesTable(title: string): Problem {
  return {
    code: 'data/augmentation-of-table',
    message: `${title} is a table: only images can be shifted, flipped, turned or given noise.`,
    hint: 'Take data.augmentation out of the document, or load images.',
    path: 'data.augmentation',
  };
}

function divide(
  main: TableView,
  test: TableView | null,
  resolved: ResolvedColumns,
  classes: readonly string[],
  spec: DataSpec,
  warnings: Problem[],
): Parts {
  const mainTarget = relabel(targetReader(main, resolved, classes), spec.relabelled, classes);
  const usable = usableRows(main, resolved, mainTarget, spec, new Set(spec.excluded), warnings);
  const grouped = resolved.task !== 'regression' && spec.split.stratify;
  const { partOf, keyOf } = splitColumn(main.table, resolved, spec.split, test !== null);
  const {
    train,
    dev,
    test: rest,
  } = split({
    count: usable.length,
    groupOf: grouped ? Int32Array.from(usable, (row) => mainTarget(row)) : null,
    spec: spec.split,
    ownTest: test !== null,
    partOf: (index) => partOf(usable[index]!),
    keyOf: keyOf === null ? null : (index) => keyOf(usable[index]!),
  });
  if (train.length === 0) throw new ProblemError(nothingToTrain(main.table.name));
  const pick = (indices: Uint32Array): TablePart => ({
    view: main,
    rows: indices.map((index) => usable[index]!),
    targetAt: mainTarget,
  });
  if (test === null) return { train: pick(train), dev: pick(dev), test: pick(rest) };
  const testTarget = targetReader(test, resolved, classes);
  const testRows = usableRows(test, resolved, testTarget, spec, new Set(), warnings);
  return { train: pick(train), dev: pick(dev), test: { view: test, rows: testRows, targetAt: testTarget } };
}

function fit(
  resolved: ResolvedColumns,
  task: Task,
  classes: readonly string[],
  train: TablePart,
  spec: DataSpec,
): Preprocessing {
  const settings = (name: string): ReturnType<typeof settingsFor> => settingsFor(spec, decisionFor(spec.columns, name));
  const features = resolved.features.map(({ column, reading }) => {
    if (reading.type === 'text') throw new RangeError(`${column.name} is text and no feature`);
    return kindOf(reading.type).fit(column, reading, train.rows, settings(column.name));
  });
  const inputShape = [inputNames(features).length];
  const { name } = resolved.target.column;
  if (task !== 'regression' || settings(name).scaling === 'none') {
    return { task, inputShape, features, pixels: null, target: { name, classes, mean: 0, deviation: 1 } };
  }
  const { mean, deviation } = measure(train.rows.length, (index) => train.targetAt(train.rows[index]!));
  const target = { name, classes, mean, deviation: deviation > 0 ? deviation : 1 };
  return { task, inputShape, features, pixels: null, target };
}

function countsByPart(classes: readonly string[], parts: Parts): Readonly<Record<Part, Uint32Array>> {
  const count = ({ rows, targetAt }: TablePart): Uint32Array => {
    const counts = new Uint32Array(classes.length);
    if (classes.length > 0) for (const row of rows) counts[targetAt(row)]!++;
    return counts;
  };
  return { train: count(parts.train), dev: count(parts.dev), test: count(parts.test) };
}

/** Rows of the first file that repeat others in everything that the network sees. */
function repeatsIn({ table }: LoadedTable, { features, target }: ResolvedColumns, parts: Parts): Repeats {
  const firsts = repeatedRows(table, [...features.map(({ column }) => column), target.column]);
  const rowsOf = ({ view, rows }: TablePart): Uint32Array => (view.table === table ? rows : new Uint32Array());
  return { firsts, parts: { train: rowsOf(parts.train), dev: rowsOf(parts.dev), test: rowsOf(parts.test) } };
}

function checkSize({ inputShape }: Preprocessing, parts: Parts, file: string): void {
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
