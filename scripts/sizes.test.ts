import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { measureSizes } from './sizes.mjs';
import { root } from './lib/paths.mjs';

/** How far the document may be behind before somebody should look at what grew. */
const MOST_OFF = 0.35;

it.skipIf(!existsSync(join(root, 'out/renderer/index.html')))('docs/sizes.md is not far from what was built', () => {
  const page = readFileSync(join(root, 'docs/sizes.md'), 'utf8');
  for (const { name, bytes } of measureSizes()) {
    const [, stated] = new RegExp(`\\| ${name} +\\| +\\d+ \\| +([\\d,]+) kB`).exec(page) ?? [];
    const documented = 1000 * Number(stated?.replaceAll(',', ''));
    expect(Math.abs(documented - bytes) / bytes, name).toBeLessThan(MOST_OFF);
  }
});
