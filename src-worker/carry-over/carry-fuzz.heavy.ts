import { expect, it } from 'vitest';
import { createReferenceEngine, createWasmEngine } from '../engines';
import { fuzzMidRunEdits } from '../testing/carry-fuzz';
import { loadBuiltKernels } from '../testing/load-kernels';

it.each([
  { name: 'wasm', engine: createWasmEngine(loadBuiltKernels, 1) },
  { name: 'reference', engine: createReferenceEngine('float32') },
])('500 random edits in the middle of a run, $name', async ({ engine }) => {
  const met = await fuzzMidRunEdits(engine, 500, 2);
  expect(met.refused).toBeLessThan(250);
  for (const count of [met.kept, met.fresh, met.lost]) expect(count).toBeGreaterThan(1000);
});
