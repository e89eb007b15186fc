import { expect, it } from 'vitest';
import { loadData, prepare } from '../data';
import { NO_SERVICES } from '../data/services';
import type { PreparedData } from '../data/prepared';
import { defaultDataSpec } from '../experiment/defaults';
import { LoadWatch } from '../data';
import { packData } from './pack-data';
import { unpackData } from './unpack-data';

const spec = defaultDataSpec({ sample: 'house-prices', examples: 5000, noise: 0.1, seed: 1 });

async function prepared(): Promise<PreparedData> {
  const loaded = await loadData(spec, [], [], NO_SERVICES, new LoadWatch());
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const data = prepare(loaded.value, spec);
  if (!data.ok) throw new Error(JSON.stringify(data.problems));
  return data.value;
}

it('packs every part as it was prepared, and says nothing of its pictures', async () => {
  const data = await prepared();
  const packed = await packData(data, spec);
  const again = unpackData(structuredClone(packed));
  for (const part of ['train', 'dev', 'test'] as const) {
    expect(again.examples(part, 1)).toEqual(data.examples(part, 1, 'float32'));
  }
  expect(packed.summary).toMatchObject({ preview: [], points: null, parts: data.summary.parts });
});

it('lets messages in while it packs', async () => {
  const data = await prepared();
  let breaths = 0;
  const slow = new Proxy(data, {
    get: (target, name) =>
      name === 'targetOf'
        ? (...asked: Parameters<PreparedData['targetOf']>) => (waste(), target.targetOf(...asked))
        : Reflect.get(target, name),
  });
  await packData(slow, spec, () => {
    breaths += 1;
    return Promise.resolve();
  });
  expect(breaths).toBeGreaterThan(0);
});

/** Some microseconds each time. */
function waste(): void {
  const end = performance.now() + 0.01;
  while (performance.now() < end);
}
