import { samples } from '../data/samples';
import type { DataSource, PaintedPoints } from './document';
import { describeValue, pathTo, type Findings } from './findings';
import { readList, readName, readObject } from './read';
import { readFields } from './read-kind';
import { readImageReading } from './read-image-reading';
import { readPoints } from './read-points';

/** Reads `data.source`: files, a sample or painted points, told apart by their keys. */
export function readSource(value: unknown, path: string, findings: Findings): DataSource {
  const has = (key: string): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  if (has('sample')) return readSample(value as object, path, findings);
  return has('points') ? readPainted(value as object, path, findings) : readFiles(value, path, findings);
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

function readPainted(value: object, path: string, findings: Findings): DataSource {
  const given = readObject(value, path, ['points'], findings).get('points');
  const points: PaintedPoints = readPoints(given, pathTo(path, 'points'), findings);
  return { points };
}

function readFiles(value: unknown, path: string, findings: Findings): DataSource {
  const source = readObject(value, path, ['files', 'testFiles', 'sheet', 'images'], findings);
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
  const reading = source.get('images');
  const images = reading === undefined ? {} : { images: readImageReading(reading, pathTo(path, 'images'), findings) };
  const sheet = source.get('sheet');
  if (sheet === undefined) return { files, testFiles, ...images };
  if (typeof sheet === 'string' && sheet !== '' && sheet.length <= LONGEST_SHEET_NAME)
    return { files, testFiles, sheet, ...images };
  findings.add(
    'sheet',
    pathTo(path, 'sheet'),
    `${pathTo(path, 'sheet')} must be the name of a sheet, but is ${describeValue(sheet)}.`,
    'Write the name as the workbook shows it, or leave it out for the first sheet with a table.',
  );
  return { files, testFiles, ...images };
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
