import { describe, expect, test } from 'vitest';
import type { Preprocessing } from './api';
import { createReferenceEngine } from './engines';
import { defaultDataSpec } from './experiment/defaults';
import { decodeOutputs } from './inference';
import { drawInputs, encodeRaw, scalePixels } from './proof';
import { createTrainer } from './trainer';

const csv = `mass,island,rainy,seen,species
"1.234,5",Biscoe,yes,5.3.2024,A
,Dream,no,6.3.2024,B
"99,25",NA,yes,7.3.2024,A
"7,5",Biscoe,no,,B
`;

describe('the rows of a proof', () => {
  test('are raw cells, and predict answers them as the proof says', async () => {
    const trainer = createTrainer(createReferenceEngine('float64'));
    const file = new File([csv], 'birds.csv');
    const spec = {
      ...defaultDataSpec({ files: ['birds.csv'], testFiles: [] }),
      split: { ...defaultDataSpec({ files: [], testFiles: [] }).split, train: 1, dev: 0, test: 0 },
      columns: {
        rainy: { type: 'boolean' as const },
        seen: { type: 'date' as const },
        island: { type: 'category' as const },
      },
    };
    const loaded = await trainer.loadData(spec, [file], []);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const suggested = trainer.suggestExperiment('birds');
    if (!suggested.ok) throw new Error(JSON.stringify(suggested.problems));
    const built = await trainer.build(suggested.value);
    if (!built.ok) throw new Error(JSON.stringify(built.problems));
    const proof = trainer.proofRows(3);
    if (!proof.ok) throw new Error(JSON.stringify(proof.problems));
    expect(proof.value).toMatchObject({ part: 'train', count: 3, pixels: null });
    const masses = proof.value.rows.map((row) => row['mass']);
    for (const mass of masses) expect([1234.5, null, 99.25, 7.5]).toContain(mass);
    for (const { seen } of proof.value.rows) expect(seen === null || /^\d\.3\.2024$/.test(String(seen))).toBe(true);
    const predicted = trainer.predict(proof.value.rows);
    if (!predicted.ok) throw new Error(JSON.stringify(predicted.problems));
    const snapshot = trainer.snapshot();
    if (!snapshot.ok) throw new Error(JSON.stringify(snapshot.problems));
    const { preprocessing } = snapshot.value;
    expect(decodeOutputs(preprocessing, proof.value.outputs, 3)).toEqual(predicted.value);
  });

  const images: Preprocessing = {
    task: 'binary',
    inputShape: [2, 2, 2],
    features: [],
    pixels: { offset: [10, 20], scale: [2, 3] },
    target: { name: 'label', classes: ['0', '1'], mean: 0, deviation: 1 },
  };

  test('of images are scaled channel by channel', () => {
    const pixels = Float32Array.of(10, 11, 12, 13, 20, 21, 22, 23);
    expect([...scalePixels(images, pixels)]).toEqual([0, 2, 4, 6, 0, 3, 6, 9]);
    expect([...encodeRaw(images, { count: 1, rows: [], pixels })]).toEqual([0, 2, 4, 6, 0, 3, 6, 9]);
  });

  test('that are drawn fit the preprocessing, and are the same every time', () => {
    const drawn = drawInputs({ preprocessing: images }, 5);
    expect(drawn.pixels).toHaveLength(40);
    expect(drawInputs({ preprocessing: images }, 5)).toEqual(drawn);
    const large = drawInputs({ preprocessing: { ...images, inputShape: [2, 300, 300] } }, 5);
    expect(large.count).toBe(1);
  });
});
