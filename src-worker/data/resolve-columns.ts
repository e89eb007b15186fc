import type { ColumnRole, ColumnType, DataSpec, Task } from '../api';
import { nearestName } from '../experiment/nearest';
import { ProblemError, type Problem } from '../problem';
import type { Column } from './column';
import { decisionFor, pathOf } from './column-decisions';
import { isIdentifier } from './infer-target';
import { counted, inferType, isFreeText } from './infer-type';
import { saysTheSame } from './leak';
import { MAX_CATEGORIES } from './limits';
import { resolveTarget, type ResolvedTarget } from './resolve-target';
import type { Table } from './table';

export interface ResolvedColumn {
  readonly column: Column;
  readonly type: ColumnType;
  readonly role: ColumnRole;
  readonly reason: string;
}

export interface ResolvedColumns {
  /** In the order of the table. */
  readonly columns: readonly ResolvedColumn[];
  readonly target: ResolvedColumn;
  readonly features: readonly ResolvedColumn[];
  readonly task: Task;
  readonly taskReason: string;
  readonly warnings: readonly Problem[];
}

/** A category of more values than this is left out until the person asks for it: each would be an input of its own. */
const MANY_CATEGORIES = 256;

/**
 * Decides type and role of every column: the person's word where there is one, else what the cells suggest.
 *
 * @throws ProblemError where no task can be made of it, with the path in the document where the person decided
 */
export function resolveColumns(table: Table, decided: DataSpec['columns']): ResolvedColumns {
  checkNames(table, decided);
  const warnings: Problem[] = [];
  const target = resolveTarget(table, decided);
  const others = table.columns
    .filter((column) => column !== target.column)
    .map((column) => resolveFeature(column, decisionFor(decided, column.name), table.name));
  const unleaked = leaveOutTwins(leaveOutLeaks(others, target, decided, table.name, warnings), decided);
  const byColumn = new Map([target.resolved, ...unleaked].map((resolved) => [resolved.column, resolved]));
  const columns = table.columns.map((column) => byColumn.get(column)!);
  const features = columns.filter(({ role }) => role === 'feature');
  if (features.length === 0) throw new ProblemError(noFeatures(table.name, target.column.name));
  warnings.push(...columns.flatMap((resolved) => warningsFor(resolved, decided, table.name)));
  const { task, taskReason } = target;
  return { columns, target: target.resolved, features, task, taskReason, warnings };
}

function checkNames(table: Table, decided: DataSpec['columns']): void {
  const names = table.columns.map(({ name }) => name);
  const unknown = Object.keys(decided).find((name) => !names.includes(name) && decided[name]!.role !== 'ignore');
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, names);
    throw new ProblemError({
      code: 'data/unknown-column',
      message: `${table.name} has no column "${unknown}".`,
      hint: nearest === null ? `It has: ${listed(names)}.` : `Did you mean "${nearest}"?`,
      file: table.name,
      path: pathOf(unknown),
    });
  }
  const targets = Object.keys(decided).filter((name) => decided[name]!.role === 'target');
  if (targets.length > 1) {
    throw new ProblemError({
      code: 'data/two-targets',
      message: `${targets.map((name) => `"${name}"`).join(' and ')} are both the target.`,
      hint: 'Keep one as the target and make the others features or leave them out.',
      path: pathOf(targets[1]!),
    });
  }
}

function resolveFeature(column: Column, decision: DataSpec['columns'][string], file: string): ResolvedColumn {
  const inferred = inferType(column);
  const type = decision.type ?? inferred.value;
  const role = decision.role;
  if (role === 'ignore') return { column, type, role, reason: 'You left it out.' };
  const against = reasonAgainst(column, type);
  if (role === undefined && decision.type === undefined && against !== null)
    return { column, type, role: 'ignore', reason: `Left out: ${against}.` };
  checkType(column, type, file);
  const why = decision.type === undefined ? inferred.reason : `you chose ${type}`;
  return { column, type, role: 'feature', reason: `${why[0]!.toUpperCase()}${why.slice(1)}.` };
}

/** Why a column would teach the network nothing; null where it might. */
function reasonAgainst(column: Column, type: ColumnType): string | null {
  const { present, distinct, holes } = column.profile;
  if (present === 0) return 'it has no values';
  // A category that is there or not still says something; a number would be filled with itself.
  if (distinct === 1 && (type === 'number' || holes === 0)) return 'it has the same value in every row';
  if (isIdentifier(column)) return 'it numbers the rows';
  if (type === 'number') return null;
  if (isFreeText(column))
    return `${counted(distinct, 'different text')} in ${counted(present, 'row')} are names, not categories`;
  return distinct > MANY_CATEGORIES ? `its ${distinct.toLocaleString('en')} categories would need an input each` : null;
}

function checkType(column: Column, type: ColumnType, file: string): void {
  const { distinct, distinctNumbers, examples } = column.profile;
  if (type === 'category' && column.codes === null) {
    throw new ProblemError({
      code: 'data/too-many-categories',
      message: `${column.name} has ${distinct >= MAX_CATEGORIES ? 'more than 100,000' : 'too many'} different values to be a category.`,
      hint: 'Take it as a number, or leave it out.',
      file,
      path: pathOf(column.name),
    });
  }
  if (type === 'number' && distinctNumbers === 0) {
    throw new ProblemError({
      code: 'data/text-as-number',
      message: `${column.name} holds no numbers: it is text, such as “${examples[0] ?? ''}”.`,
      hint: 'Take it as a category, or leave it out.',
      file,
      path: `${pathOf(column.name)}.type`,
    });
  }
}

/** Columns that say what the target says are left out, unless nothing would be left or the person wants them. */
function leaveOutLeaks(
  columns: readonly ResolvedColumn[],
  target: ResolvedTarget,
  decided: DataSpec['columns'],
  file: string,
  warnings: Problem[],
): readonly ResolvedColumn[] {
  const leaks = columns.filter(
    ({ column, role }) => role === 'feature' && saysTheSame(column, target.column, target.task === 'regression'),
  );
  const features = columns.filter(({ role }) => role === 'feature');
  if (leaks.length === features.length) return columns;
  return columns.map((resolved) => {
    const { name } = resolved.column;
    if (!leaks.includes(resolved)) return resolved;
    const kept = decisionFor(decided, name).role === 'feature';
    warnings.push({
      code: 'data/leak',
      message: `${name} says in every row the same as ${target.column.name}${kept ? '' : ', so it is left out'}.`,
      hint: kept
        ? 'A network that is told the answer learns nothing: leave it out unless it is known beforehand.'
        : 'Make it a feature if it is known before the answer is.',
      file,
      path: pathOf(name),
    });
    return kept
      ? resolved
      : { ...resolved, role: 'ignore', reason: `Left out: it says the same as ${target.column.name}.` };
  });
}

/** Of two columns that name the same categories differently, such as a port and its first letter, the first says it all. */
function leaveOutTwins(columns: readonly ResolvedColumn[], decided: DataSpec['columns']): readonly ResolvedColumn[] {
  const kept: ResolvedColumn[] = [];
  return columns.map((resolved) => {
    const { column, type, role } = resolved;
    if (role !== 'feature' || type !== 'category') return resolved;
    const twin = kept.find(({ column: earlier }) => saysTheSame(column, earlier, false));
    if (twin === undefined || decisionFor(decided, column.name).role === 'feature') {
      kept.push(resolved);
      return resolved;
    }
    return { ...resolved, role: 'ignore', reason: `Left out: it says the same as ${twin.column.name}.` };
  });
}

function warningsFor({ column, type, role }: ResolvedColumn, decided: DataSpec['columns'], file: string): Problem[] {
  const { name } = column;
  const { distinct, holes, present, notNumbers, examples } = column.profile;
  const at = { file, path: pathOf(name) };
  if (decisionFor(decided, name).role === 'ignore') return [];
  const warnings: Problem[] = [];
  if (distinct === 1 && present > 0 && (type === 'number' || holes === 0)) {
    warnings.push({
      code: 'data/constant-column',
      message: `${name} has the same value in every row${role === 'ignore' ? ', so it is left out' : ' and teaches nothing'}.`,
      hint: 'Check that this is right; a network learns only from what varies.',
      ...at,
    });
  }
  if (role !== 'ignore' && type === 'number' && notNumbers > 0) {
    warnings.push({
      code: 'data/not-numbers',
      message: `${counted(notNumbers, 'value')} of ${name} ${notNumbers === 1 ? 'is no number' : 'are no numbers'} and count${notNumbers === 1 ? 's' : ''} as missing, such as “${examples[0] ?? ''}”.`,
      hint: 'Correct them in the file, or take the column as a category.',
      ...at,
    });
  }
  if (role === 'feature' && holes > present) {
    warnings.push({
      code: 'data/many-holes',
      message: `${name} is missing in ${Math.round((100 * holes) / (holes + present))} % of the rows.`,
      hint: 'Leave it out if it is missing for no reason that matters.',
      ...at,
    });
  }
  return warnings;
}

function listed(names: readonly string[]): string {
  return names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
}

function noFeatures(file: string, target: string): Problem {
  return {
    code: 'data/no-features',
    message: `${file} has no column to predict ${target} from: the others are constant, number the rows or were left out.`,
    hint: 'Make at least one other column a feature.',
    file,
    path: 'data.columns',
  };
}
