import { samples } from '../data/samples';
import type { ColumnRole, ColumnSpec, ColumnType, DataSource, DataSpec, SplitSpec } from './document';
import { dataFields, splitFields } from './fields';
import { describeValue, pathTo, type Findings } from './findings';
import { readBoolean, readChoice, readList, readName, readNumber, readObject } from './read';
import { readFields } from './read-kind';

const roles: readonly ColumnRole[] = ['feature', 'target', 'ignore'];
const types: readonly ColumnType[] = ['number', 'category'];

/** Reads the `data` section: where the examples come from and how they become numbers. */
export function readData(value: unknown, path: string, findings: Findings): DataSpec {
  const data = readObject(value, path, ['source', 'columns', 'missing', 'scaling', 'split'], findings);
  const at = (key: string): string => pathTo(path, key);
  return {
    source: readSource(data.get('source'), at('source'), findings),
    columns: readColumns(data.get('columns'), at('columns'), findings),
    missing: readChoice(data.get('missing'), at('missing'), dataFields.missing, findings) as DataSpec['missing'],
    scaling: readChoice(data.get('scaling'), at('scaling'), dataFields.scaling, findings) as DataSpec['scaling'],
    split: readSplit(data.get('split'), at('split'), findings),
  };
}

function readSource(value: unknown, path: string, findings: Findings): DataSource {
  const isSample = typeof value === 'object' && value !== null && Object.hasOwn(value, 'sample');
  return isSample ? readSample(value, path, findings) : readFiles(value, path, findings);
}

function readSample(value: object, path: string, findings: Findings): DataSource {
  const name = readObject(value, path, null, findings).get('sample');
  const sample = readName(name, pathTo(path, 'sample'), Object.keys(samples), 'unknown-kind', findings);
  const fields = sample === null ? null : samples[sample as keyof typeof samples].fields;
  if (fields === null) return { files: [], testFiles: [] };
  const known = ['sample', ...fields.map((field) => field.name)];
  const source = { sample, ...readFields(readObject(value, path, known, findings), fields, findings) };
  // The fields of every sample definition are the rest of SampleSource; samples.test.ts holds them to it.
  return source as DataSource;
}

function readFiles(value: unknown, path: string, findings: Findings): DataSource {
  const source = readObject(value, path, ['files', 'testFiles', 'sheet'], findings);
  const files = readFileNames(source.get('files'), pathTo(path, 'files'), findings);
  const testFiles = readFileNames(source.get('testFiles'), pathTo(path, 'testFiles'), findings);
  if (value === undefined || (source.get('files') === undefined && isPlain(value))) {
    findings.add(
      'no-data',
      path,
      `${path} does not say where the examples come from.`,
      'Write { "files": ["table.csv"] } or { "sample": "flower" }.',
    );
  }
  const sheet = source.get('sheet');
  if (sheet === undefined) return { files, testFiles };
  if (typeof sheet === 'string' && sheet !== '' && sheet.length <= LONGEST_SHEET_NAME)
    return { files, testFiles, sheet };
  findings.add(
    'sheet',
    pathTo(path, 'sheet'),
    `${pathTo(path, 'sheet')} must be the name of a sheet, but is ${describeValue(sheet)}.`,
    'Write the name as the workbook shows it, or leave it out for the first sheet with a table.',
  );
  return { files, testFiles };
}

/** Excel allows 31 characters, others more. */
const LONGEST_SHEET_NAME = 255;

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readFileNames(value: unknown, path: string, findings: Findings): readonly string[] {
  return readList(value, path, findings).filter((name, index): name is string => {
    // A document travels between machines: it names files, never places. That also keeps it from reaching outside its folder.
    const bare = typeof name === 'string' && name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name);
    if (!bare) {
      findings.add(
        'file-name',
        pathTo(path, index),
        `${pathTo(path, index)} must be a file name without folders, but is ${describeValue(name)}.`,
        'Put the file beside the document and write its bare name.',
      );
    }
    return bare;
  });
}

function readColumns(value: unknown, path: string, findings: Findings): DataSpec['columns'] {
  const columns = readObject(value, path, null, findings);
  const entries = columns.keys.map((name): [string, ColumnSpec] => {
    const at = pathTo(path, name);
    const column = readObject(columns.get(name), at, ['role', 'type'], findings);
    const role = readOptional(column.get('role'), pathTo(at, 'role'), roles, findings);
    const type = readOptional(column.get('type'), pathTo(at, 'type'), types, findings);
    return [name, { ...(role === null ? {} : { role }), ...(type === null ? {} : { type }) }];
  });
  const targets = entries.filter(([, column]) => column.role === 'target').map(([name]) => name);
  if (targets.length > 1) {
    findings.add(
      'two-targets',
      path,
      `${path} names ${targets.length} targets: ${targets.map((name) => `"${name}"`).join(', ')}.`,
      'Keep one as "target" and make the others "feature" or "ignore".',
    );
  }
  // Not an assignment per key: a column may be called __proto__, and must become an own property like any other.
  return Object.fromEntries(entries);
}

function readOptional<T extends string>(
  value: unknown,
  path: string,
  known: readonly T[],
  findings: Findings,
): T | null {
  if (value === undefined) return null;
  return readName(value, path, known, 'unknown-choice', findings) as T | null;
}

/**
 * Shares that are left out are filled so that the three make 1: dev and test share what `train` leaves, and `train` takes
 * what dev and test leave. Without any it is 0.7, 0.15, 0.15.
 */
function readSplit(value: unknown, path: string, findings: Findings): SplitSpec {
  const split = readObject(value, path, ['train', 'dev', 'test', 'stratify', 'seed'], findings);
  const given = (name: 'train' | 'dev' | 'test'): number | null =>
    split.get(name) === undefined ? null : readNumber(split.get(name), pathTo(path, name), splitFields[name], findings);
  const [train, dev, test] = fillShares(given('train'), given('dev'), given('test'));
  const sum = train + dev + test;
  if (Math.abs(sum - 1) > 1e-6 || !(train > 0)) {
    findings.add(
      'split',
      path,
      `The shares of ${path} are ${train}, ${dev} and ${test}, which ${train > 0 ? `make ${round(sum)}, not 1` : 'leave nothing to train on'}.`,
      'Write shares that make 1 together, such as 0.7, 0.15 and 0.15.',
    );
  }
  return {
    train,
    dev,
    test,
    stratify: readBoolean(split.get('stratify'), pathTo(path, 'stratify'), true, findings),
    seed: readNumber(split.get('seed'), pathTo(path, 'seed'), splitFields.seed, findings),
  };
}

function fillShares(train: number | null, dev: number | null, test: number | null): [number, number, number] {
  if (train === null) {
    const devShare = dev ?? splitFields.dev.default;
    const testShare = test ?? splitFields.test.default;
    return [rest(devShare, testShare), devShare, testShare];
  }
  if (dev === null && test === null) return [train, rest(train) / 2, rest(train) / 2];
  if (dev === null) return [train, rest(train, test ?? 0), test ?? 0];
  return [train, dev, test ?? rest(train, dev)];
}

/** What the other shares leave of 1; nothing where they are too large already. */
function rest(...shares: readonly number[]): number {
  return Math.max(0, round(1 - shares.reduce((sum, share) => sum + share, 0)));
}

/** 1 − 0.7 − 0.15 is 0.15000000000000002 in floating point; a person wrote and wants 0.15. */
function round(share: number): number {
  return Math.round(share * 1e9) / 1e9;
}
