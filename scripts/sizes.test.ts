import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { measureSizes } from './sizes.mjs';
import { root } from './lib/paths.mjs';

/** How far the document may be behind before somebody should look at what grew. */
const MOST_OFF = 0.35;

it.skipIf(!existsSync(join(root, 'out/renderer/index.html')))('docs/sizes.md is not far from what was built', () => {
  const page = readFileSync(join(root, 'docs/sizes.md'), 'utf8');
  const sizes = measureSizes();
  // A part may grow much by one view; all of them together do not without somebody's noticing.
  const documented = sizes.map(({ name }) => {
    const [, stated] = new RegExp(`\\| ${name} +\\| +\\d+ \\| +([\\d,]+) kB`).exec(page) ?? [];
    expect(stated, name).toBeDefined();
    return 1000 * Number(stated?.replaceAll(',', ''));
  });
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const built = sum(sizes.map(({ bytes }) => bytes));
  expect(Math.abs(sum(documented) - built) / built).toBeLessThan(MOST_OFF);
});
