import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pngBytes } from '../../src-worker/data/testing/png';
import { createRandom } from '../../src-worker/random';
import { main } from './index';

const SIDE = 6;
const PER_CLASS = 30;

const experiment = {
  data: { source: { files: ['shades'] } },
  network: {
    layers: [
      { kind: 'flatten' },
      { kind: 'dense', units: 4, activation: 'relu' },
      { kind: 'dense', units: 1, activation: 'sigmoid' },
    ],
  },
  training: { batchSize: 8, epochs: 30 },
};

let folder: string;

/** A dark or a bright image, under noise. */
function shade(bright: boolean, seed: number, side = SIDE): Uint8Array<ArrayBuffer> {
  const random = createRandom(seed, 'shade', bright ? 'bright' : 'dark');
  const pixels = Uint8Array.from({ length: side * side }, () => (bright ? 150 : 40) + random.integer(60));
  return pngBytes(side, side, 1, pixels);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-images-'));
  for (const name of ['bright', 'dark']) {
    await mkdir(join(folder, 'shades', name), { recursive: true });
    for (let n = 0; n < PER_CLASS; n++) {
      await writeFile(join(folder, 'shades', name, `${n}.png`), shade(name === 'bright', n));
    }
  }
  await writeFile(join(folder, 'shades', 'dark', 'broken.png'), 'no image');
  await writeFile(join(folder, 'shades.json'), JSON.stringify(experiment));
});

afterEach(() => rm(folder, { recursive: true }));

async function run(...argv: string[]) {
  let stderr = '';
  const status = await main(argv, {
    stdout: { write: () => undefined },
    stderr: { write: (text) => (stderr += text) },
    cwd: () => folder,
  });
  return { status, stderr };
}

it('trains on a folder of images, names the damaged one, and answers images of other sizes', async () => {
  const trained = await run('train', 'shades.json', '--save', 'shades.layerlab', '--backend', 'reference');
  expect(trained).toMatchObject({ status: 0 });
  expect(trained.stderr).toContain('shades/dark/broken.png (it is no PNG, JPEG, WebP, GIF or BMP image)');

  await mkdir(join(folder, 'new'));
  await writeFile(join(folder, 'new', 'a.png'), shade(true, 99, 20));
  await writeFile(join(folder, 'new', 'b.png'), shade(false, 99, 3));
  const predicted = await run(
    'predict',
    'shades.layerlab',
    '--data',
    'new',
    '--out',
    'new.csv',
    '--backend',
    'reference',
  );
  expect(predicted).toMatchObject({ status: 0 });
  const lines = (await readFile(join(folder, 'new.csv'), 'utf8')).trimEnd().split('\n');
  expect(lines[0]).toBe('file,label,p(dark)');
  expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual([
    ['a.png', 'bright'],
    ['b.png', 'dark'],
  ]);

  const single = await run(
    'predict',
    'shades.layerlab',
    '--data',
    'new/a.png',
    '--out',
    'a.csv',
    '--backend',
    'reference',
  );
  expect(single).toMatchObject({ status: 0 });
  expect(await readFile(join(folder, 'a.csv'), 'utf8')).toContain('a.png,bright,');
});
