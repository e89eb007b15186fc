import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { main } from './index';

const SEASONS = fileURLToPath(new URL('../decode/testing/fixtures/seasons.xlsx', import.meta.url));

it('trace and check take the sheet of a workbook by name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'layerlab-sheet-'));
  const run = async (...argv: string[]): Promise<{ status: number; stderr: string }> => {
    let stderr = '';
    const io = {
      stdout: { write: () => true },
      stderr: { write: (text: string) => (stderr += text) },
      cwd: () => folder,
    };
    return { status: await main(argv, io), stderr };
  };
  try {
    const data = { source: { files: ['seasons.xlsx'] } };
    const layers = [{ kind: 'dense', units: 1, activation: 'sigmoid' }];
    await writeFile(join(folder, 'autumn.json'), JSON.stringify({ data, network: { layers } }));
    const sheet = ['--data', SEASONS, '--sheet', 'Autumn'];
    expect(await run('trace', 'autumn.json', ...sheet, '--batch', '4', '--out', 'step.json')).toMatchObject({
      status: 0,
    });
    expect(await readFile(join(folder, 'step.json'), 'utf8')).toContain('"dW1"');
    expect(await run('check', 'autumn.json', ...sheet, '--batch', '4')).toMatchObject({ status: 0 });
    const wrong = await run('check', 'autumn.json', '--data', SEASONS, '--sheet', 'Winter');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('Winter');
  } finally {
    await rm(folder, { recursive: true });
  }
});
