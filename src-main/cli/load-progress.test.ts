import { expect, test } from 'vitest';
import type { LoadProgress } from '../../src-worker/api';
import { createLoadView } from './load-progress';

const progress: LoadProgress = { phase: 'reading', file: 'big.csv', bytes: 30, totalBytes: 120, rows: 4_000 };

function written(isTTY: boolean): string {
  let text = '';
  const view = createLoadView({ write: (more) => (text += more), isTTY, columns: 80 });
  view.update(progress);
  view.update({ ...progress, phase: 'preparing' });
  view.end();
  return text;
}

test('a terminal sees file, share and rows, and a clean line at the end', () => {
  const lines = written(true).split('\r\u001b[2K');
  expect(lines).toEqual(['', 'reading big.csv  25 %  4,000 rows', 'splitting and scaling', '']);
});

test('of folders of images it sees how many are done', () => {
  let text = '';
  const view = createLoadView({ write: (more) => (text += more), isTTY: true, columns: 80 });
  view.update({ ...progress, rows: 0, images: { done: 1_500, all: 6_000 } });
  expect(text).toContain('reading images  25 %  1,500 of 6,000');
});

test('a file or a pipe sees nothing of it', () => {
  expect(written(false)).toBe('');
});
