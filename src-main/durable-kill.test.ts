import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../src-worker/random';

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
  await writeFile(join(folder, 'child.ts'), CHILD);
  const outDir = join(folder, 'built');
  const input = { child: join(folder, 'child.ts') };
  await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    build: { ssr: true, outDir, rollupOptions: { input, output: { entryFileNames: 'child.mjs' } } },
  });
  script = join(outDir, 'child.mjs');
});
afterAll(() => rm(folder, { recursive: true }));

/** Saves until `saves` more states are acknowledged, waits a little longer, and kills. Returns the last acknowledged state. */
function saveAndKill(path: string, from: number, saves: number, delayMs: number): Promise<number> {
  const child = spawn(process.execPath, [script, path, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let killing = false;
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (killing || output.split('\n').length <= saves) return;
    killing = true;
    setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (_code, signal) => {
      const acknowledged = output.slice(0, output.lastIndexOf('\n')).split('\n').map(Number).at(-1) ?? -1;
      if (signal === 'SIGKILL') done(acknowledged);
      else failed(new Error(`The child ended by itself: ${output}`));
    });
  });
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
