import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { activations } from '../../src-worker/activations';
import { layers } from '../../src-worker/layers';
import { losses } from '../../src-worker/losses';
import { exportFormats } from './registry';

const page = readFileSync(new URL('../../docs/exports.md', import.meta.url), 'utf8');

test('docs/exports.md tells of every format, and how each kind is held', () => {
  for (const id of Object.keys(exportFormats)) expect(page, id).toContain(`| \`${id}\``);
  const held = page.slice(page.indexOf('## What a format cannot hold'), page.indexOf('## Training on more machines'));
  for (const registry of [layers, activations, losses])
    for (const kind of Object.keys(registry)) expect(held, kind).toContain(`\`${kind}\``);
});
