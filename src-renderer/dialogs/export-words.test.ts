import { expect, test } from 'vitest';
import type { ExportFormatInfo } from '../../src-main/bridge';
import { downloadUrl } from './download-url';
import { inGroups, proofWords, shortDifference } from './export-words';

const format: ExportFormatInfo = {
  ...{
    id: 'javascript',
    label: 'JavaScript',
    group: 'code',
    brief: '',
    extension: 'mjs',
    purpose: '',
    options: [],
    takesData: false,
    proves: 'reread',
  },
};

test('formats stand in groups by what they are wanted for', () => {
  const onnx: ExportFormatInfo = { ...format, id: 'onnx', group: 'run' };
  expect(inGroups([format, onnx, { ...format, id: 'c' }]).map(({ members }) => members.map(({ id }) => id))).toEqual([
    ['onnx'],
    ['javascript', 'c'],
  ]);
});

test('a dragged file is named by media type, name and address', () => {
  const offer = { kind: 'download', name: 'my flower.onnx', path: '/download/code/my%20flower.onnx' } as const;
  expect(downloadUrl(offer, 'http://127.0.0.1:41715/?view=curves')).toBe(
    'application/octet-stream:my flower.onnx:http://127.0.0.1:41715/download/code/my%20flower.onnx',
  );
});

test('a difference is one digit and a power of ten', () => {
  expect(shortDifference(6.3e-8)).toBe('6\u00a0×\u00a010⁻⁸');
  expect(shortDifference(0.00012)).toBe('1\u00a0×\u00a010⁻⁴');
  expect(shortDifference(Infinity)).toContain('not a number');
});

test('a proof says how many rows and how near', () => {
  const read = { kind: 'reread', rows: 8, largestDifference: 6e-8, sameAnswers: true } as const;
  expect(proofWords(read, format)).toBe('Read back: 8 test rows answered as in Layerlab, within 6\u00a0×\u00a010⁻⁸.');
  expect(proofWords({ ...read, largestDifference: 0 }, format)).toContain('to the last digit');
  expect(proofWords({ ...read, sameAnswers: false }, format)).toContain('an answer differs');
  expect(proofWords({ kind: 'checks-itself', rows: 1 }, format)).toContain('1 test row ');
});
