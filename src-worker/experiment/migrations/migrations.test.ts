import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { VERSION } from '../defaults';
import { parseExperiment } from '../parse';
import { migrate, migrations, versionOf } from '.';
import type { Migration } from './migration';

const page = readFileSync(new URL('../../../docs/experiment-format.md', import.meta.url), 'utf8');
const minimal = { data: { source: { sample: 'flower' } }, network: { layers: ['dense'] } };

it('leads from the first version to the present one without a gap, and the page tells each step', () => {
  expect(migrations.map(({ from }) => from)).toEqual(Array.from({ length: VERSION - 1 }, (_, n) => n + 1));
  for (const { from, change } of migrations) expect(page).toContain(`| ${from + 1}       | ${change}`);
});

it('reads every older version as the present one', () => {
  const now = parseExperiment(minimal);
  expect(now).toMatchObject({ ok: true, value: { version: VERSION } });
  for (let version = 1; version <= VERSION; version++) {
    expect(parseExperiment({ format: 'layerlab-experiment', version, ...minimal })).toEqual(now);
  }
});

it('takes the steps behind a version in order, each with what the one before it made', () => {
  const step = (from: number): Migration => ({
    from,
    change: '',
    migrate: (document) => ({ ...document, steps: [...(document['steps'] as number[]), [document['version'], from]] }),
  });
  const steps = [step(1), step(2), step(3)];
  const old = Object.freeze({ version: 2, steps: Object.freeze([]) });
  expect(migrate(old, 2, steps)).toEqual({
    version: 4,
    steps: [
      [2, 2],
      [3, 3],
    ],
  });
  expect(migrate(old, 4, steps)).toBe(old);
});

it.each([
  [{}, VERSION],
  [{ version: 1 }, 1],
  [{ version: VERSION + 7 }, VERSION + 7],
  [{ version: 0 }, null],
  [{ version: 1.5 }, null],
  [{ version: '1' }, null],
  [{ version: null }, null],
])('%j is of version %s', (document, version) => {
  expect(versionOf(document)).toBe(version);
});

it('leaves what is no document of its version to the parser, whatever it holds', () => {
  for (const broken of [{ version: 1 }, { version: 1, training: 7, data: null }, { version: 1, network: [] }]) {
    const parsed = parseExperiment(broken);
    expect(parsed.ok ? [] : parsed.problems.map(({ path }) => path).length).toBeGreaterThan(0);
  }
});
