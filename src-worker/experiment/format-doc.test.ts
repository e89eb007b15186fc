import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { activations } from '../activations';
import { samples } from '../data/samples';
import type { Definition } from '../definition';
import { initializers } from '../initializers';
import { layers } from '../layers';
import { losses } from '../losses';
import { optimizers } from '../optimizers';
import { schedules } from '../schedules';
import { augmentationFields } from './augmentation-fields';
import { dataFields, earlyStoppingFields, imageFields, networkFields, splitFields, trainingFields } from './fields';
import { parseExperimentText } from './parse';

const docs = new URL('../../docs/', import.meta.url);
const page = readFileSync(new URL('experiment-format.md', docs), 'utf8');
const blocks = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map((match) => match[1] ?? '');

describe('docs/experiment-format.md', () => {
  it('has documents that all parse', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(3);
    for (const text of blocks) expect(parseExperimentText(text, 'experiment-format.md')).toMatchObject({ ok: true });
  });

  it('writes out exactly what the minimal document means', () => {
    const [minimal, complete] = blocks.map((text) => parseExperimentText(text, 'experiment-format.md'));
    expect(minimal).toEqual(complete);
    expect(minimal).toEqual({ ok: true, value: JSON.parse(blocks[1] ?? '') as unknown });
  });

  it('names every kind and every field', () => {
    const registries: readonly Readonly<Record<string, Definition<string>>>[] = [
      layers,
      activations,
      losses,
      initializers,
      optimizers,
      schedules,
      samples,
    ];
    const named = registries.flatMap((registry) =>
      Object.values(registry).flatMap(({ kind, fields }) => [kind, ...fields.map(({ name }) => name)]),
    );
    const settings = [
      dataFields,
      augmentationFields,
      imageFields,
      splitFields,
      networkFields,
      trainingFields,
      earlyStoppingFields,
    ].flatMap((fields) => Object.keys(fields));
    for (const name of new Set([...named, ...settings])) expect(page, name).toContain(`\`${name}\``);
  });
});

it.each(readdirSync(new URL('examples/', docs)))('docs/examples/%s parses', (name) => {
  expect(parseExperimentText(readFileSync(new URL(`examples/${name}`, docs), 'utf8'), name)).toMatchObject({
    ok: true,
  });
});
