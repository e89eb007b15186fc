import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { everyKind, proofOf } from '../../testing/export-models';
import { exportedFiles } from '../../testing/exports';
import { findPython } from '../../testing/find-python';
import { answersOf, differenceOf, runPython } from '../../testing/run-exports';

const torch = findPython('torch');

test.skipIf(torch === null)(
  'the module with its weights inside answers alone, as the app does within 1e-5',
  async () => {
    const model = everyKind()[0]!;
    const proof = await proofOf(model, 20);
    const files = await exportedFiles('pytorch', model, proof, { weights: 'inside' });
    expect(files.map(({ name }) => name)).toEqual(['model.py']);
    const folder = mkdtempSync(join(tmpdir(), 'layerlab-alone-'));
    try {
      writeFileSync(join(folder, 'model.py'), files[0]!.bytes);
      const [run] = runPython(torch!, [folder]);
      expect(differenceOf({ model, proof }, run!)).toBeLessThan(1e-5);
      expect(run!.answers).toEqual(answersOf({ model, proof }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
