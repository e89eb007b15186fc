import type { Part } from '../engine';
import type { SplitSpec } from '../experiment/document';
import { nearestName } from '../experiment/nearest';
import { ProblemError, type Problem } from '../problem';
import type { Column } from './column';
import { inferType } from './infer-type';
import { partNamed } from './part-names';
import { readAs } from './read-as';
import { valueReader } from './reading';
import type { ResolvedColumns } from './resolve-columns';
import type { SplitRequest } from './split-methods';
import type { Table } from './table';

const path = 'data.split.column';

/**
 * What the split asks of its column, by rows of the table.
 *
 * @throws ProblemError where there is no such column, or its cells name no parts or give no order
 */
export function splitColumn(
  table: Table,
  { columns }: ResolvedColumns,
  spec: SplitSpec,
  ownTest: boolean,
): Pick<SplitRequest, 'partOf' | 'keyOf'> {
  const partOf = (): Part => 'train';
  if (spec.column === null || (spec.method !== 'column' && spec.method !== 'order')) return { partOf, keyOf: null };
  const column = table.columns.find(({ name }) => name === spec.column);
  if (column === undefined) throw new ProblemError(unknownColumn(table, spec.column));
  if (spec.method === 'column') return { partOf: partReader(column, table, ownTest), keyOf: null };
  const used = columns.find((resolved) => resolved.column === column);
  const type = used?.type ?? inferType(column).value;
  if (type !== 'number' && type !== 'date') throw new ProblemError(noOrder(column, table));
  return { partOf, keyOf: valueReader(column, used?.reading ?? readAs(column, type, {}, table.name)) };
}

function partReader(column: Column, table: Table, ownTest: boolean): (row: number) => Part {
  const { codes, texts, counts } = column;
  if (codes === null) throw new ProblemError(noParts(column.name, column.profile.examples[0] ?? '', table.name));
  const parts = texts.map((text, code) => (code === 0 ? null : partNamed(text)));
  const strange = parts.findIndex((part, code) => part === null && counts[code]! > 0);
  if (strange !== -1)
    throw new ProblemError(noParts(column.name, strange === 0 ? 'nothing' : texts[strange]!, table.name));
  if (!parts.includes('train')) throw new ProblemError(nothingToTrain(column.name, table.name));
  if (ownTest && parts.includes('test')) throw new ProblemError(twoTests(column.name, table.name));
  return (row) => parts[codes[row]!]!;
}

function unknownColumn(table: Table, name: string): Problem {
  const names = table.columns.map((column) => column.name);
  const nearest = nearestName(name, names);
  return {
    code: 'data/unknown-column',
    message: `${table.name} has no column "${name}" to split by.`,
    hint: nearest === null ? 'Choose another column, or split by shares.' : `Did you mean "${nearest}"?`,
    file: table.name,
    path,
  };
}

function noParts(column: string, value: string, file: string): Problem {
  return {
    code: 'data/split-values',
    message: `${column} cannot split the rows: it holds “${value}”, which names no part.`,
    hint: 'Every row needs train, dev or test there (validation and the like are understood), or split by shares.',
    file,
    path,
  };
}

function nothingToTrain(column: string, file: string): Problem {
  return {
    code: 'data/split-values',
    message: `${column} leaves nothing to train on: no row says train.`,
    hint: 'Write train in the rows to learn from, or split by shares.',
    file,
    path,
  };
}

function twoTests(column: string, file: string): Problem {
  return {
    code: 'data/two-tests',
    message: `${column} names test rows of ${file}, but a test file was given too.`,
    hint: 'Take the test file out, or the test rows.',
    file,
    path,
  };
}

function noOrder({ name }: Column, table: Table): Problem {
  return {
    code: 'data/split-order',
    message: `${name} cannot put the rows in order: it holds neither numbers nor dates.`,
    hint: 'Choose a column of dates or numbers, or none to keep the order of the file.',
    file: table.name,
    path,
  };
}
