import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../src-worker/random';
import { buildChild, killAfter } from './testing/kill-child';

let folder: string;
let script: string;

/** Saves for ever: state n is a megabyte of the number n; "n" on standard output acknowledges it. */
const CHILD = `
import { writeSync } from 'node:fs';
import { writeDurably } from ${JSON.stringify(join(import.meta.dirname, 'durable-write.ts'))};
for (let n = Number(process.argv[3]); ; n += 1) {
  const saved = await writeDurably(process.argv[2], Buffer.alloc(1 << 20, String(n).padStart(8, '0')), { keepPrevious: true });
  if (!saved.ok) throw new Error(saved.problems[0].message);
  writeSync(1, n + '\\n');
}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-kill-'));
  script = await buildChild(folder, CHILD);
});
afterAll(() => rm(folder, { recursive: true }));

/** Saves until `saves` more states are acknowledged, waits a little longer, and kills. Returns the last acknowledged state. */
function saveAndKill(path: string, from: number, saves: number, delayMs: number): Promise<number> {
  return killAfter([script, path, String(from)], saves, delayMs);
}

async function stateIn(path: string): Promise<number> {
  const bytes = await readFile(path);
  const n = Number(bytes.subarray(0, 8).toString());
  expect(bytes.equals(Buffer.alloc(1 << 20, String(n).padStart(8, '0'))), `${path} is whole`).toBe(true);
  return n;
}

test('a process killed at any moment of a save leaves a whole file, no older than what it acknowledged', async () => {
  const path = join(folder, 'state.layerlab');
  const random = createRandom(1);
  let n = 0;
  for (let kill = 0; kill < 20; kill += 1) {
    const acknowledged = await saveAndKill(path, n, 2, 12 * random.uniform());
    const found = await stateIn(path);
    expect(found).toBeGreaterThanOrEqual(acknowledged);
    const backup = await stateIn(`${path}.bak`);
    expect(backup).toBeLessThanOrEqual(found);
    n = found + 1;
  }
  // What a killed save leaves behind is hidden and never taken for a project.
  const left = (await readdir(folder)).filter((name) => name.includes('.tmp'));
  expect(left.every((name) => name.startsWith('.layerlab-'))).toBe(true);
});
