import { expect, test } from 'vitest';
import { defaultDataSpec } from '../../src-worker/experiment/defaults';
import { withExcluded, withPutBack, withTarget } from './example-edits';

const data = defaultDataSpec({ files: ['data.csv'], testFiles: [] });

test('examples are taken out in rising order and once, and put back', () => {
  const out = withExcluded(withExcluded(data, 9), 2);
  expect(out.excluded).toEqual([2, 9]);
  expect(withExcluded(out, 9)).toBe(out);
  expect(withPutBack(out, 2).excluded).toEqual([9]);
  expect(withPutBack(out, 3)).toBe(out);
  expect(data.excluded).toEqual([]);
});

test('an example gets another target, a third one, and its own again', () => {
  const once = withTarget(data, 4, 'b');
  expect(once.relabelled).toEqual({ 4: 'b' });
  expect(withTarget(once, 4, 'b')).toBe(once);
  expect(withTarget(once, 4, 'c').relabelled).toEqual({ 4: 'c' });
  expect(withTarget(once, 4, null).relabelled).toEqual({});
  expect(withTarget(data, 4, null)).toBe(data);
});
