import type { ColumnSummary, DataSpec, DataSummary, PointCloud, Preprocessing } from '../api';
import type { Part } from '../engine';
import type { Problem } from '../problem';
import { categoriesOf, numberAt } from './column';
import { DAY_MS } from './date';
import { inputNames } from './features';
import { MAX_POINTS } from './limits';
import type { LoadedTable } from './loaded';
import type { TablePart } from './prepare-table';
import { valueReader, type Reading } from './reading';
import type { ResolvedColumn, ResolvedColumns } from './resolve-columns';
import { measure } from './scaling';

type Parts = Readonly<Record<Part, TablePart>>;
const order: readonly Part[] = ['train', 'dev', 'test'];
const MOST_FREQUENT = 20;

/** What the window shows of a prepared table. */
export function summarizeTable(
  loaded: LoadedTable,
  spec: Pick<DataSpec, 'excluded' | 'relabelled'>,
  resolved: ResolvedColumns,
  preprocessing: Preprocessing,
  parts: Parts,
  warnings: readonly Problem[],
): DataSummary {
  const { task, target, inputShape, features } = preprocessing;
  const sizes = { train: parts.train.rows.length, dev: parts.dev.rows.length, test: parts.test.rows.length };
  return {
    title: loaded.title,
    kind: loaded.generated ? 'sample' : 'table',
    rows: loaded.table.rows + (loaded.testTable?.rows ?? 0),
    usedRows: sizes.train + sizes.dev + sizes.test,
    excluded: spec.excluded.filter((row) => row < loaded.table.rows).length,
    relabelled: Object.keys(spec.relabelled).filter((row) => Number(row) < loaded.table.rows).length,
    columns: resolved.columns.map(summarizeColumn),
    target: target.name,
    task,
    taskReason: resolved.taskReason,
    classes: target.classes,
    classCounts: countClasses(target.classes.length, Object.values(parts)),
    trainCounts: countClasses(target.classes.length, [parts.train]),
    inputShape,
    featureNames: inputNames(features),
    parts: sizes,
    warnings,
    workbook: loaded.workbook,
    imageReading: null,
    preview: loaded.table.preview,
    images: [],
    variants: [],
    points: pointsOf(preprocessing, parts),
  };
}

function summarizeColumn({ column, type, role, reason, reading }: ResolvedColumn): ColumnSummary {
  const { holes, distinct, numeric } = column.profile;
  return {
    name: column.name,
    type,
    role,
    reason,
    holes,
    distinct,
    numeric: type === 'number' ? numeric : null,
    dates: reading?.type === 'date' ? rangeOf(column, reading) : null,
    categories: type === 'category' || type === 'boolean' ? mostFrequent(column) : [],
  };
}

/** The first and the last day, with the time where the column has times. */
function rangeOf(column: ResolvedColumn['column'], reading: Reading): ColumnSummary['dates'] {
  const { count, min, max } = measure(column.length, valueReader(column, reading));
  if (count === 0) return null;
  const write = (days: number): string => {
    const text = new Date(Math.round(days * DAY_MS)).toISOString();
    return Number.isInteger(days) ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
  };
  return { first: write(min), last: write(max) };
}

function mostFrequent(column: ResolvedColumn['column']): ColumnSummary['categories'] {
  const categories = categoriesOf(column);
  if (categories === null) return [];
  return categories.names
    .map((value, index) => ({ value, count: categories.counts[index]! }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_FREQUENT);
}

function countClasses(classes: number, parts: readonly Parts[Part][]): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  if (classes === 0) return counts;
  for (const { rows, targetAt } of parts) {
    for (const row of rows) counts[targetAt(row)]!++;
  }
  return counts;
}

/** Points evenly drawn from all parts, where the inputs are two numbers, or one beside a number to predict. */
function pointsOf({ features, task, target }: Preprocessing, parts: Parts): PointCloud | null {
  const [first, second] = features;
  const line = features.length === 1 && task === 'regression';
  if (first?.type !== 'number' || !(line || (features.length === 2 && second?.type === 'number'))) return null;

  const total = order.reduce((sum, part) => sum + parts[part].rows.length, 0);
  const stride = Math.max(1, total / MAX_POINTS);
  const points: { x: number; y: number; target: number; part: number }[] = [];
  let position = 0;
  let next = 0;
  order.forEach((name, part) => {
    const { view, rows, targetAt } = parts[name];
    for (const row of rows) {
      if (position++ < next) continue;
      next += stride;
      const value = targetAt(row);
      const x = numberAt(view.features[0]!, row);
      const y = line ? value : numberAt(view.features[1]!, row);
      // A hole has no place in the picture.
      if (!Number.isNaN(x) && !Number.isNaN(y)) points.push({ x, y, target: value, part });
    }
  });
  return {
    xName: first.column,
    yName: line ? target.name : second!.column,
    x: Float32Array.from(points, (point) => point.x),
    y: Float32Array.from(points, (point) => point.y),
    target: Float32Array.from(points, (point) => point.target),
    part: Uint8Array.from(points, (point) => point.part),
  };
}
