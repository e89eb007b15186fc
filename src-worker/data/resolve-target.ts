import type { DataSpec, Task } from '../api';
import { ProblemError, type Problem } from '../problem';
import { categoriesOf, type Column } from './column';
import { decisionFor, pathOf } from './column-decisions';
import { inferTarget } from './infer-target';
import { counted, inferType, isClassLike, isFreeText } from './infer-type';
import { MAX_CLASSES } from './limits';
import { readAs } from './read-as';
import type { UsedColumn } from './resolve-columns';
import type { Table } from './table';

export interface ResolvedTarget {
  readonly column: Column;
  readonly resolved: UsedColumn;
  readonly task: Task;
  readonly taskReason: string;
}

/**
 * Finds what is to be predicted and as what: the person's choice or the likeliest column, numbers or classes.
 *
 * @param splitter the column that splits the rows and so cannot be the target
 * @throws ProblemError where there is none, or the chosen one cannot be predicted that way
 */
export function resolveTarget(table: Table, decided: DataSpec['columns'], splitter: string | null): ResolvedTarget {
  const chosen = table.columns.find(({ name }) => decisionFor(decided, name).role === 'target');
  const guess =
    chosen === undefined
      ? inferTarget(
          table,
          table.columns.filter(({ name }) => name !== splitter && decisionFor(decided, name).role === undefined),
        )
      : { value: chosen, reason: 'you chose it' };
  if (guess === null) throw new ProblemError(noTarget(table.name));
  const column = guess.value;
  if (column.name === splitter) throw new ProblemError(targetSplits(column.name, table.name));
  const decision = decisionFor(decided, column.name);
  const given = decision.type;
  const inferred = inferType(column).value;
  const type = given ?? (inferred !== 'boolean' && isClassLike(column) ? 'category' : inferred);
  if (type === 'date') throw new ProblemError(dateTarget(column.name, table.name));
  const task = type === 'number' ? checkNumbers(column, table.name) : checkClasses(column, table.name);
  const reading = readAs(column, type === 'text' ? 'category' : type, decision, table.name);
  const what = task === 'regression' ? describeNumbers(column) : describeClasses(column, given === undefined);
  return {
    column,
    task,
    resolved: { column, type: reading.type, role: 'target', reason: `Target: ${guess.reason}.`, reading },
    taskReason: `${column.name} is the target because ${guess.reason}; ${what}`,
  };
}

function describeNumbers(column: Column): string {
  return `it holds ${counted(column.profile.distinct, 'different number')}, so this is regression.`;
}

function describeClasses(column: Column, guessed: boolean): string {
  const k = categoriesOf(column)!.names.length;
  const asNumbers =
    guessed && column.profile.notNumbers === 0 ? ' although they are numbers, because they are so few' : '';
  return `its ${k} values are classes${asNumbers}.`;
}

function checkNumbers(column: Column, file: string): Task {
  const { present, notNumbers, distinctNumbers, examples } = column.profile;
  if (notNumbers > 0.05 * present || distinctNumbers === 0) {
    throw new ProblemError({
      code: 'data/text-as-number',
      message: `${column.name} cannot be predicted as a number: ${counted(notNumbers, 'value')} of ${present.toLocaleString('en')} ${notNumbers === 1 ? 'is' : 'are'} text, such as “${examples[0] ?? ''}”.`,
      hint: 'Take it as a category to predict classes, or choose a column of numbers as the target.',
      file,
      path: `${pathOf(column.name)}.type`,
    });
  }
  if (distinctNumbers === 1) throw new ProblemError(constantTarget(column, file));
  return 'regression';
}

function checkClasses(column: Column, file: string): Task {
  const k = categoriesOf(column)?.names.length ?? Infinity;
  if (k < 2) throw new ProblemError(constantTarget(column, file));
  if (k > MAX_CLASSES || isFreeText(column)) {
    const isText = column.profile.notNumbers > 0;
    throw new ProblemError({
      code: isText ? 'data/target-free-text' : 'data/too-many-classes',
      message: `${column.name} cannot be the target as classes: it has ${counted(column.profile.distinct, 'different value')} in ${counted(column.profile.present, 'row')}${isText ? ', and they are text, so it is no number either' : ''}.`,
      hint: isText
        ? 'Choose a column whose values repeat, or a column of numbers.'
        : 'Take it as a number to predict its value instead.',
      file,
      path: pathOf(column.name),
    });
  }
  return k === 2 ? 'binary' : 'multi-class';
}

function dateTarget(name: string, file: string): Problem {
  return {
    code: 'data/date-target',
    message: `${name} holds dates, which cannot be predicted.`,
    hint: 'Choose another target, or a column of numbers that counts days.',
    file,
    path: pathOf(name),
  };
}

function targetSplits(name: string, file: string): Problem {
  return {
    code: 'data/target-splits',
    message: `${name} splits the rows into parts and cannot be the target too.`,
    hint: 'Choose another target, or split by shares.',
    file,
    path: 'data.split.column',
  };
}

function noTarget(file: string): Problem {
  return {
    code: 'data/no-target',
    message: `${file} has no column that could be predicted: each is constant, numbers the rows or holds free text.`,
    hint: 'Choose a target in the data card, or drop a table with a column of classes or numbers.',
    file,
    path: 'data.columns',
  };
}

function constantTarget({ name, profile }: Column, file: string): Problem {
  const what = profile.present === 0 ? 'has no values' : 'has the same value in every row';
  return {
    code: 'data/constant-target',
    message: `${name} ${what}, so there is nothing to predict.`,
    hint: 'Choose another column as the target.',
    file,
    path: pathOf(name),
  };
}
