import type { ColumnRole, ColumnSpec, ColumnType, DataSpec, DateReading, Task } from '../api';
import { nearestName } from '../experiment/nearest';
import { ProblemError, type Problem } from '../problem';
import type { Column } from './column';
import { decisionFor, pathOf } from './column-decisions';
import { isIdentifier } from './infer-target';
import { counted, inferType } from './infer-type';
import { saysTheSame } from './leak';
import { partNamed } from './part-names';
import { readAs } from './read-as';
import { valueReader, type Reading } from './reading';
import { resolveTarget, type ResolvedTarget } from './resolve-target';
import type { Table } from './table';

export interface ResolvedColumn {
  readonly column: Column;
  readonly type: ColumnType;
  readonly role: ColumnRole;
  readonly reason: string;
  /** How its cells are understood; null for a column that is left out. */
  readonly reading: Reading | null;
}

/** A column that takes part. */
export interface UsedColumn extends ResolvedColumn {
  readonly reading: Reading;
}

export interface ResolvedColumns {
  /** In the order of the table. */
  readonly columns: readonly ResolvedColumn[];
  readonly target: UsedColumn;
  readonly features: readonly UsedColumn[];
  readonly task: Task;
  readonly taskReason: string;
  readonly warnings: readonly Problem[];
}

/** A category of more values than this is left out until the person asks for it: each would be an input of its own. */
const MANY_CATEGORIES = 256;

/**
 * Decides type and role of every column: the person's word where there is one, else what the cells suggest.
 *
 * @param splitter the column that says which part each row belongs to; null where rows are split otherwise
 * @throws ProblemError where no task can be made of it, with the path in the document where the person decided
 */
export function resolveColumns(
  table: Table,
  decided: DataSpec['columns'],
  splitter: string | null = null,
): ResolvedColumns {
  checkNames(table, decided);
  const warnings: Problem[] = [];
  const target = resolveTarget(table, decided, splitter);
  const others = table.columns
    .filter((column) => column !== target.column)
    .map((column) =>
      column.name === splitter
        ? leftOut(column, 'It says which part each row belongs to.')
        : resolveFeature(column, decisionFor(decided, column.name), table.name),
    );
  const unleaked = leaveOutTwins(leaveOutLeaks(others, target, decided, table.name, warnings), decided);
  const byColumn = new Map([target.resolved, ...unleaked].map((resolved) => [resolved.column, resolved]));
  const columns = table.columns.map((column) => byColumn.get(column)!);
  const features = columns.filter(isUsed).filter(({ role }) => role === 'feature');
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

function resolveFeature(column: Column, decision: ColumnSpec, file: string): ResolvedColumn {
  const inferred = inferType(column);
  const type = decision.type ?? inferred.value;
  const { role } = decision;
  if (role === 'ignore') return { ...leftOut(column, 'You left it out.'), type };
  if (type === 'text' && role === 'feature') throw new ProblemError(textAsFeature(column, file));
  const chosen = decision.type !== undefined;
  const against = type === 'text' ? textReason(column, chosen) : reasonAgainst(column, type);
  if (against !== null && (type === 'text' || (role === undefined && !chosen)))
    return { ...leftOut(column, `Left out: ${against}.`), type };
  const reading = readAs(column, type, decision, file);
  const why = chosen ? `you chose ${type}` : inferred.reason;
  const how = chosen && reading.type === 'date' ? `, ${describeDates(column, reading.dates)}` : '';
  return { column, type, role: 'feature', reason: `${why[0]!.toUpperCase()}${why.slice(1)}${how}.`, reading };
}

function leftOut(column: Column, reason: string): ResolvedColumn {
  return { column, type: inferType(column).value, role: 'ignore', reason, reading: null };
}

function isUsed(resolved: ResolvedColumn): resolved is UsedColumn {
  return resolved.reading !== null;
}

function describeDates({ codes }: Column, { order, numbers }: DateReading): string {
  if (codes !== null) return `${order === 'day-first' ? 'day' : 'month'} first where figures leave it open`;
  return numbers === 'figures' ? 'numbers such as 20240305' : `${numbers} since 1970`;
}

function textReason(column: Column, chosen: boolean): string {
  return chosen ? 'you chose text, which is no input for a network' : inferType(column).reason;
}

/** Why a column would teach the network nothing; null where it might. */
function reasonAgainst(column: Column, type: ColumnType): string | null {
  const { present, distinct, holes } = column.profile;
  if (present === 0) return 'it has no values';
  // A value that is there or not still says something; a number would be filled with itself.
  if (distinct === 1 && (type !== 'category' || holes === 0)) return 'it has the same value in every row';
  if (isIdentifier(column)) return 'it numbers the rows';
  if (namesParts(column)) return 'it says which part a row belongs to; the split can follow it';
  if (type !== 'category') return null;
  return distinct > MANY_CATEGORIES ? `its ${distinct.toLocaleString('en')} categories would need an input each` : null;
}

function textAsFeature({ name, profile }: Column, file: string): Problem {
  return {
    code: 'data/text-feature',
    message: `${name} is text (${counted(profile.distinct, 'different value')}), which a network of numbers cannot take in.`,
    hint: 'Leave it out, or choose the type category to give every different text an input of its own.',
    file,
    path: pathOf(name),
  };
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
    ({ column, type, role }) =>
      role === 'feature' && type !== 'date' && saysTheSame(column, target.column, target.task === 'regression'),
  );
  const features = columns.filter(({ role }) => role === 'feature');
  if (leaks.length === features.length) return columns;
  return columns.map((resolved) => {
    const { column, type } = resolved;
    const { name } = column;
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
    return kept ? resolved : { ...leftOut(column, `Left out: it says the same as ${target.column.name}.`), type };
  });
}

/** Of two columns that name the same categories differently, such as a port and its first letter, the first says it all. */
function leaveOutTwins(columns: readonly ResolvedColumn[], decided: DataSpec['columns']): readonly ResolvedColumn[] {
  const kept: ResolvedColumn[] = [];
  return columns.map((resolved) => {
    const { column, type, role } = resolved;
    if (role !== 'feature' || (type !== 'category' && type !== 'boolean')) return resolved;
    const twin = kept.find(({ column: earlier }) => saysTheSame(column, earlier, false));
    if (twin === undefined || decisionFor(decided, column.name).role === 'feature') {
      kept.push(resolved);
      return resolved;
    }
    return { ...leftOut(column, `Left out: it says the same as ${twin.column.name}.`), type };
  });
}

function warningsFor(
  { column, type, role, reading }: ResolvedColumn,
  decided: DataSpec['columns'],
  file: string,
): Problem[] {
  const { name } = column;
  const { distinct, holes, present, notNumbers, examples } = column.profile;
  const at = { file, path: pathOf(name) };
  if (decisionFor(decided, name).role === 'ignore') return [];
  const warnings: Problem[] = [];
  if (distinct === 1 && present > 0 && (type !== 'category' || holes === 0)) {
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
  if (role !== 'ignore' && reading?.type === 'date') {
    const valueAt = valueReader(column, reading);
    let unread = -holes;
    for (let row = 0; row < column.length; row++) if (Number.isNaN(valueAt(row))) unread++;
    if (unread > 0) {
      warnings.push({
        code: 'data/not-dates',
        message: `${counted(unread, 'value')} of ${name} ${unread === 1 ? 'is no date' : 'are no dates'} and count${unread === 1 ? 's' : ''} as missing.`,
        hint: 'Correct them in the file, or choose the other date order.',
        ...at,
      });
    }
  }
  if (role === 'feature' && isIdentifier(column)) {
    warnings.push({
      code: 'data/identifier',
      message: `${name} numbers the rows: what it teaches holds for these rows and no others.`,
      hint: 'Leave it out unless the order of the rows means something.',
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

/** `fold` and `split` columns of published data sets: every value is the name of a part. */
function namesParts(column: Column): boolean {
  const { codes, texts, profile } = column;
  if (codes === null || profile.distinct < 2 || profile.distinct > 3) return false;
  return texts.slice(1).every((text) => partNamed(text) !== null);
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
