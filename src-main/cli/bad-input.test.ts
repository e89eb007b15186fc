import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeOutputs } from './files';
import { main } from './index';

/** Every bad file a person is likely to bring, and what the command line says to it: one line with what, where, what to do. */

const rows = Array.from({ length: 30 }, (_, n) => [`${100 + n},red,apple`, `${150 + n},green,pear`]).flat();
const lines = ['weight,colour,fruit', ...rows];
/** The table with one line changed; lines count from 1. */
const withLine = (number: number, text: string): string => lines.with(number - 1, text).join('\n');

const dense = (units: number, activation: string) => ({ kind: 'dense', units, activation });
const experiment = {
  name: 'fruit',
  data: { source: { files: ['fruit.csv'] } },
  network: { layers: [dense(2, 'softmax')] },
  training: { epochs: 1 },
};

/** An IDX array of bytes; `shape` is what its header says. */
function idx(shape: readonly number[], elements: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + elements.length);
  bytes.set([0, 0, 8, shape.length]);
  shape.forEach((size, axis) => new DataView(bytes.buffer).setUint32(4 + 4 * axis, size));
  bytes.set(elements, 4 + 4 * shape.length);
  return bytes;
}
const pixels = Uint8Array.from({ length: 60 * 16 }, (_, n) => (n * 37) % 256);
const labels = idx(
  [60],
  Uint8Array.from({ length: 60 }, (_, n) => n % 2),
);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-bad-'));
  await write('fruit.csv', lines.join('\n'));
  await write('fruit.json', JSON.stringify(experiment));
});

afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);

function recorder() {
  const output = { stdout: '', stderr: '' };
  const io = {
    stdout: { write: (text: string) => (output.stdout += text) },
    stderr: { write: (text: string) => (output.stderr += text) },
    cwd: () => folder,
  };
  return { io, output };
}

/** Runs a command that must refuse its input; @returns its one line */
async function refusal(...argv: string[]): Promise<string> {
  const before = await readdir(folder);
  const { io, output } = recorder();
  const status = await main(argv, io);
  expect({ status, stdout: output.stdout }, output.stderr).toEqual({ status: 2, stdout: '' });
  expect(output.stderr).toMatch(/^layerlab \w+: [^\n]+\n$/);
  expect(output.stderr).not.toMatch(/TypeError|undefined|NaN|\[object|Layerlab made a mistake|\s+at .*:\d+:\d+/);
  expect(await readdir(folder)).toEqual(before);
  return output.stderr;
}

describe('a table that cannot be read', () => {
  it.each<[string, string | Uint8Array, readonly string[]]>([
    ['empty', '', ['data.csv is empty.', 'Drop a file that holds data.']],
    ['blank lines only', '\n\n\n', ['data.csv holds nothing but blank lines.']],
    ['a header only', 'a,b\n', ['data.csv has only a header (2 columns) and no rows (line 1).', 'Add rows']],
    [
      'a renamed picture',
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0),
      ['data.csv is a single image', 'Make a folder for each class'],
    ],
    ['bytes of no known kind', Uint8Array.of(7, 0, 255, 3, 0, 1, 200, 0), ['data.csv holds binary data', 'CSV']],
    [
      'an unclosed quote',
      withLine(42, '"120,red,apple'),
      ['line 42 of data.csv', 'is never closed.', 'Close it where'],
    ],
    ['a long row', withLine(42, '120,red,apple,4'), ['Line 42 of data.csv has 4 cells', '3 columns. Put a cell']],
    ['a short row', withLine(42, '120,red'), ['Line 42 of data.csv has 2 cells', '3 columns. Add what is missing']],
    ['constant beside the target', 'a,fruit\n1,x\n1,y\n1,x\n1,y\n', ['data.csv has no column to predict fruit from']],
  ])('%s', async (_what, content, words) => {
    await write('data.csv', content);
    const message = await refusal('train', 'fruit.json', '--data', 'data.csv', '--save', 'out.layerlab');
    for (const part of words) expect(message).toContain(part);
    expect(message.match(/line 42/gi)?.length ?? 1, 'the place is said once').toBe(1);
  });
});

describe('a document that asks for what the data do not give', () => {
  const asking = (columns: object, ...layers: object[]) => ({
    ...experiment,
    data: { ...experiment.data, columns },
    network: { layers },
  });

  it.each<[string, object, readonly string[]]>([
    [
      'a text column as regression target',
      asking({ fruit: { role: 'target', type: 'number' } }, dense(1, 'identity')),
      ['fruit cannot be predicted as a number: 60 values of 60 are text, such as “apple”', 'data.columns.fruit.type'],
    ],
    [
      'a text column where the network has one number for an answer',
      asking({ fruit: { role: 'target' } }, dense(3, 'softmax')),
      ['to predict 2 classes', 'network.layers[0].units'],
    ],
    ['an unknown kind', asking({}, { kind: 'lstm' }), ['network.layers[0].kind is "lstm"', '"dense"', 'doc.json']],
    [
      'a negative learning rate',
      { ...experiment, training: { optimizer: { kind: 'sgd', learningRate: -0.1 } } },
      ['training.optimizer.learningRate must be a number above 0, but is -0.1', 'doc.json', 'such as 0.1'],
    ],
  ])('%s', async (_what, document, words) => {
    await write('doc.json', JSON.stringify(document));
    const message = await refusal('train', 'doc.json');
    for (const part of words) expect(message).toContain(part);
  });

  it('a column that is constant as the target', async () => {
    await write('same.csv', 'weight,fruit\n1,apple\n2,apple\n3,apple\n4,apple\n');
    await write('doc.json', JSON.stringify(asking({ fruit: { role: 'target' } }, dense(1, 'sigmoid'))));
    const message = await refusal('train', 'doc.json', '--data', 'same.csv');
    expect(message).toContain('fruit has the same value in every row, so there is nothing to predict');
    expect(message).toContain('Choose another column');
  });

  it('a constant column among others is told and left out, and the rest is trained on', async () => {
    await write('shop.csv', lines.map((line, n) => `${n === 0 ? 'shop' : 'here'},${line}`).join('\n'));
    const { io, output } = recorder();
    expect(await main(['train', 'fruit.json', '--data', 'shop.csv'], io), output.stderr).toBe(0);
    expect(output.stderr).toMatch(/^shop has the same value in every row, so it is left out\. Check/m);
  });
});

describe('images', () => {
  it.each<[string, Record<string, Uint8Array>, readonly string[]]>([
    ['without labels', { 'a-images-idx3-ubyte': idx([60, 4, 4], pixels) }, ['60 images', 'a-labels-idx1-ubyte']],
    ['labels alone', { 'a-labels-idx1-ubyte': labels }, ['60 labels', 'a-images-idx3-ubyte']],
    [
      'cut short',
      { 'a-images-idx3-ubyte': idx([60, 4, 4], pixels.subarray(100)), 'a-labels-idx1-ubyte': labels },
      ['a-images-idx3-ubyte is cut short', '976 bytes in all', 'ends at byte 876'],
    ],
    [
      'cut inside the header',
      { 'a-images-idx3-ubyte': idx([60, 4, 4], pixels).subarray(0, 9), 'a-labels-idx1-ubyte': labels },
      ['a-images-idx3-ubyte ends at byte 9, inside the header'],
    ],
    [
      'with a count that is too small',
      { 'a-images-idx3-ubyte': idx([59, 4, 4], pixels), 'a-labels-idx1-ubyte': labels },
      ['longer than its header says', 'end at byte 960', 'count in the header is wrong'],
    ],
    [
      'with a count that is too large',
      { 'a-images-idx3-ubyte': idx([61, 4, 4], pixels), 'a-labels-idx1-ubyte': labels },
      ['ends at byte 976', 'or the count in the header is wrong'],
    ],
    [
      'with fewer labels',
      { 'a-images-idx3-ubyte': idx([60, 4, 4], pixels), 'a-labels-idx1-ubyte': idx([50], new Uint8Array(50)) },
      ['60 images', '50 labels', 'byte 4'],
    ],
    [
      'compressed and cut short',
      {
        'a-images-idx3-ubyte.gz': gzipSync(idx([60, 4, 4], pixels)).subarray(0, 100),
        'a-labels-idx1-ubyte': labels,
      },
      ['a-images-idx3-ubyte.gz is compressed and ends too early, at byte 100'],
    ],
  ])('%s', async (_what, files, words) => {
    for (const [name, bytes] of Object.entries(files)) await write(name, bytes);
    const message = await refusal('train', 'fruit.json', '--data', ...Object.keys(files));
    for (const part of words) expect(message).toContain(part);
  });
});

describe('a network that cannot be trained is refused before training, with the layer, what it expects and what it got', () => {
  const conv = { kind: 'conv2d', filters: 4, kernel: 3 };
  const pool = { kind: 'max-pool2d', size: 2 };
  const output = dense(2, 'softmax');
  const stack = (...layers: object[]) => ({ network: { layers } });
  const onImages = { data: { source: { files: ['a-images-idx3-ubyte', 'a-labels-idx1-ubyte'] } } };

  it.each<[string, object, readonly string[]]>([
    [
      'a kernel larger than its image',
      { ...onImages, ...stack({ ...conv, kernel: 5 }, output) },
      ['Layer 1 (conv2d) has a kernel of 5 × 5, larger than its 4 × 4 input', 'at most 4 × 4'],
    ],
    [
      'a kernel larger than what is left of the image',
      { ...onImages, ...stack(pool, conv, output) },
      ['Layer 2 (conv2d) has a kernel of 3 × 3, larger than its 2 × 2 input', 'at most 2 × 2'],
    ],
    [
      'a pool larger than its image',
      { ...onImages, ...stack({ ...pool, size: [2, 5] }, output) },
      ['Layer 1 (max-pool2d) has a window of 2 × 5, larger than its 4 × 4 input'],
    ],
    [
      'a convolution over the columns of a table',
      stack(conv, output),
      [
        'Layer 1 (conv2d) expects an image of channels × height × width, but gets 1 number in a row',
        'use dense layers',
      ],
    ],
    [
      'a convolution behind a dense layer',
      { ...onImages, ...stack(dense(9, 'relu'), conv, output) },
      ['Layer 2 (conv2d) expects an image of channels × height × width, but gets 9 numbers in a row'],
    ],
    [
      'stride 0',
      { ...onImages, ...stack({ ...conv, stride: 0 }, output) },
      ['network.layers[0].stride must be a whole number from 1', 'but is 0'],
    ],
    [
      'stride 0 in one direction of a pool',
      { ...onImages, ...stack({ ...pool, stride: [1, 0] }, output) },
      ['network.layers[0].stride must be a whole number from 1', 'but is [1, 0]'],
    ],
    [
      'negative padding',
      { ...onImages, ...stack({ ...conv, padding: -1 }, output) },
      ['network.layers[0].padding must be', 'but is -1'],
    ],
    [
      'no filter',
      { ...onImages, ...stack({ ...conv, filters: 0 }, output) },
      ['network.layers[0].filters', 'but is 0'],
    ],
    [
      'dropout 1',
      stack(dense(4, 'relu'), { kind: 'dropout', rate: 1 }, output),
      ['network.layers[1].rate must be', 'but is 1'],
    ],
    [
      'dropout last',
      stack(output, { kind: 'dropout', rate: 0.5 }),
      ['Layer 2 (dropout) is the last layer, where it would blank out answers', 'Put a dense layer'],
    ],
    [
      'batch norm with batches of one',
      { ...stack({ kind: 'batch-norm' }, output), training: { batchSize: 1 } },
      ['Layer 1 (batch norm) expects batches of at least 2 examples', 'but a batch has 1'],
    ],
    [
      'a batch larger than the data',
      { training: { batchSize: 61 } },
      ['A batch of 61 does not fit: the training part has 42 examples', 'at most 42'],
    ],
    ['a batch of nothing', { training: { batchSize: 0 } }, ['training.batchSize must be a whole number', 'but is 0']],
    [
      'more units than classes',
      stack(dense(3, 'softmax')),
      ['Layer 1 (dense) expects 2 units to predict 2 classes, but has 3'],
    ],
    [
      'softmax with the loss of sigmoid',
      { network: { layers: [output], loss: 'logistic' } },
      ['Logistic expects Sigmoid in the last layer, but Layer 1 (dense) has Softmax', 'Cross-entropy'],
    ],
    [
      'cross-entropy without softmax',
      { network: { layers: [dense(2, 'tanh')], loss: 'cross-entropy' } },
      ['Cross-entropy expects Softmax in the last layer, but Layer 1 (dense) has Tanh'],
    ],
    [
      'a document that asks for 100 GB',
      stack(dense(65_536, 'relu'), dense(65_536, 'relu'), dense(65_536, 'relu'), output),
      ['8,590,', 'parameters', 'at most 200,000,000'],
    ],
  ])('%s', async (_what, change, words) => {
    await write('a-images-idx3-ubyte', idx([60, 4, 4], pixels));
    await write('a-labels-idx1-ubyte', labels);
    await write('doc.json', JSON.stringify({ ...experiment, ...change }));
    for (const command of [['train'], ['check'], ['trace', '--out', 'x.npz']]) {
      const message = await refusal(command[0]!, 'doc.json', ...command.slice(1));
      for (const part of words) expect(message).toContain(part);
    }
  });

  it('a target outside the classes, in a test file, asks for a unit of its own', async () => {
    await write('test.csv', 'weight,colour,fruit\n100,red,apple\n120,green,plum\n');
    const message = await refusal('train', 'fruit.json', '--data', 'fruit.csv', '--test-data', 'test.csv');
    expect(message).toContain('Layer 1 (dense) expects 3 units to predict 3 classes, but has 2');
  });
});

describe('a project that was cut', () => {
  it('at any of many points is refused by every command, in words', async () => {
    expect(await main(['train', 'fruit.json', '--save', 'whole.layerlab'], recorder().io)).toBe(0);
    const whole = await readFile(join(folder, 'whole.layerlab'));
    const lengths = [0, 1, 2, 4, ...Array.from({ length: 12 }, (_, n) => Math.floor((whole.length * n) / 12) + 5)];
    for (const length of [...lengths, whole.length - 22, whole.length - 1]) {
      await write('cut.layerlab', whole.subarray(0, length));
      const commands = [
        ['train', 'cut.layerlab'],
        ['predict', 'cut.layerlab', '--data', 'fruit.csv', '--out', 'out.csv'],
        ['export', 'cut.layerlab', 'json=out.json'],
      ];
      for (const argv of commands) {
        const expected =
          length === 0 ? 'cut.layerlab is empty' : `is not a whole Layerlab project: it breaks off at byte`;
        expect(await refusal(...argv), `${argv[0]} of ${length} bytes`).toContain(expected);
      }
    }
  });
});

describe('a place where nothing can be written', () => {
  it('is found before any training: a path through a file, a folder that does not exist', async () => {
    const through = await refusal('train', 'fruit.json', '--save', 'fruit.csv/x.layerlab');
    expect(through).toContain('that is a file, not a folder. Nothing that was there has changed.');
    const gone = await refusal('train', 'fruit.json', '--report', 'gone/report.json');
    expect(gone).toContain(`report.json could not be saved in ${join(folder, 'gone')}: there is no such folder`);
    expect(gone).toContain('create this one first');
  });

  it('reads no folder and no device as a file, and says what a folder of data lacks', async () => {
    expect(await refusal('train', '.')).toContain('it is a folder, not a file');
    await mkdir(join(folder, 'empty'), { recursive: true });
    expect(await refusal('train', 'fruit.json', '--data', 'empty')).toContain('a folder without any files in it');
    if (process.platform !== 'win32') expect(await refusal('train', '/dev/zero')).toContain('/dev/zero is a device');
  });

  it('does not keep the other results from being written', async () => {
    const outputs = ['a', 'gone/b', 'c', 'gone/d'].map((path) => ({ path, encode: () => Uint8Array.of(1) }));
    const failed = await writeOutputs(outputs, recorder().io).catch((error: unknown) => error);
    expect(failed).toMatchObject({ problems: [{ file: 'b' }, { file: 'd' }] });
    expect(await readdir(folder)).toEqual(['a', 'c', 'fruit.csv', 'fruit.json']);
  });

  // The limit on a file's size is one that any user can set; it stops a write part of the way, as a full disk does.
  it.skipIf(process.platform === 'win32')('that takes only a part leaves the old file whole', async () => {
    await build({
      configFile: false,
      root: import.meta.dirname,
      logLevel: 'silent',
      build: {
        ssr: true,
        outDir: join(folder, 'built'),
        emptyOutDir: true,
        rollupOptions: { input: join(import.meta.dirname, 'index.ts'), output: { entryFileNames: 'cli.mjs' } },
      },
      ssr: { noExternal: true },
    });
    expect(await main(['train', 'fruit.json', '--save', 'whole.layerlab'], recorder().io)).toBe(0);
    await write('model.json', 'old and whole');
    const before = await readdir(folder);
    const program = `
      const { main } = await import(${JSON.stringify(join(folder, 'built/cli.mjs'))});
      process.exitCode = await main(['export', 'whole.layerlab', 'json=model.json'], process);`;
    const argv = ['-c', 'ulimit -f 1; exec "$0" --input-type=module -e "$1"', process.execPath, program];
    const { status, stderr, stdout } = spawnSync('sh', argv, { cwd: folder, encoding: 'utf8' });
    expect({ status, stdout }, stderr).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^layerlab export: model\.json could not be saved in [^\n]+ Nothing that was there has changed\. [^\n]+\n$/,
    );
    expect(await readFile(join(folder, 'model.json'), 'utf8')).toBe('old and whole');
    expect(await readdir(folder)).toEqual(before);
  });
});

describe('a network of more than 100 GB', () => {
  const layers = Array.from({ length: 300 }, () => [dense(65_536, 'sigmoid'), dense(1, 'sigmoid')]).flat();
  const huge = {
    name: 'huge',
    data: { source: { sample: 'flower', examples: 2_000, noise: 0.1, seed: 1 } },
    network: { layers: [...layers, dense(2, 'softmax')] },
    training: { batchSize: 1_000 },
  };

  it.each([
    { argv: ['train', 'huge.json'] },
    { argv: ['train', 'huge.json', '--backend', 'reference'] },
    { argv: ['check', 'huge.json'] },
    { argv: ['trace', 'huge.json', '--out', 'huge.npz'] },
  ])('is refused by $argv before it takes any', async ({ argv }) => {
    await write('huge.json', JSON.stringify(huge));
    const before = process.memoryUsage().rss;
    const { io, output } = recorder();
    expect(await main(argv, io)).toBe(2);
    expect(output.stderr).toMatch(
      /needs [\d,]{3,} GB of memory, but (WebAssembly gives at most 4\.29 GB|this machine has [\d.]+ GB free)/,
    );
    expect(output.stderr).toMatch(/Make training\.batchSize at most|smaller/);
    expect(process.memoryUsage().rss - before).toBeLessThan(5e8);
  });
});
