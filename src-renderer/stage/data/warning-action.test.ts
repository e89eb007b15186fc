import { expect, test } from 'vitest';
import type { DataSummary, Problem } from '../../../src-worker/api';
import { parseExperiment } from '../../../src-worker/experiment/parse';
import { actionFor, columnIn } from './warning-action';

const parsed = parseExperiment({
  data: { source: { files: ['a.csv'] }, excluded: [3, 900] },
  network: { layers: [{ kind: 'dense', units: 1, activation: 'sigmoid' }] },
});
if (!parsed.ok) throw new Error('the document is good');
const document = parsed.value;

const summary = {
  rows: 10,
  target: 'kind',
  columns: [
    { name: 'body mass', role: 'feature' },
    { name: 'copy', role: 'ignore' },
    { name: 'kind', role: 'target' },
  ],
} as unknown as DataSummary;

const known = { summary, overview: { copies: [2, 7] } };

const warning = (code: string, path?: string): Problem => ({ code, message: '', hint: '', ...(path && { path }) });

test('the column of a path is found, whatever its name', () => {
  expect(columnIn('data.columns.age')).toBe('age');
  expect(columnIn('data.columns["body \\"mass\\""]')).toBe('body "mass"');
  expect(columnIn('data.split')).toBeNull();
  expect(columnIn(undefined)).toBeNull();
});

test('a column that takes part is left out with one click, and one that was left out taken in', () => {
  const out = actionFor(warning('data/many-holes', 'data.columns["body mass"]'), document, known)!;
  expect(out.label).toBe('Leave out body mass');
  expect(out.change(document).data.columns['body mass']?.role).toBe('ignore');
  const back = actionFor(warning('data/leak', 'data.columns.copy'), document, known)!;
  expect(back.label).toBe('Make copy a feature');
  expect(back.change(document).data.columns['copy']?.role).toBe('feature');
  expect(actionFor(warning('data/constant-column', 'data.columns.kind'), document, known)).toBeNull();
});

test('uneven classes are weighed, once', () => {
  const action = actionFor(warning('data/imbalance', 'training.classWeights'), document, known)!;
  const next = action.change(document);
  expect(next.training.classWeights).toBe('balanced');
  expect(actionFor(warning('data/imbalance'), next, known)).toBeNull();
});

test('examples that are not there are forgotten, the others stay out', () => {
  const action = actionFor(warning('data/no-such-example', 'data.excluded'), document, known)!;
  expect(action.change(document).data.excluded).toEqual([3]);
});

test('copies are left out together with what was left out before, and not where they are too many to name', () => {
  const action = actionFor(warning('data/duplicates-across-parts'), document, known)!;
  expect(action.label).toBe('Leave out 2 copies');
  expect(action.change(document).data.excluded).toEqual([2, 3, 7, 900]);
  const none = { summary, overview: { copies: [] } };
  expect(actionFor(warning('data/duplicates'), document, none)).toBeNull();
});

test('a warning without a remedy of one click has none', () => {
  expect(actionFor(warning('data/mixed-dates'), document, known)).toBeNull();
});
