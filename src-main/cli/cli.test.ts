import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from './report';
import { main } from './index';
import { decodeSafetensors } from '../safetensors';
import { decodeProject } from '../projects';

const experiment = {
  name: 'fruit',
  data: { source: { files: ['fruit.csv'] }, split: { train: 0.8, dev: 0.1, test: 0.1 } },
  network: {
    layers: [
      { kind: 'dense', units: 5, activation: 'relu' },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
  },
  training: { batchSize: 8, epochs: 30, l2: 0.001 },
};

/** Three kinds of fruit that weight and colour tell apart. */
const fruit = [
  'weight,colour,fruit',
  ...Array.from({ length: 40 }, (_, n) => [
    `${100 + n},red,apple`,
    `${150 + n},green,pear`,
    `${20 + n},red,cherry`,
  ]).flat(),
].join('\n');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-cli-'));
  await write('fruit.csv', fruit);
  await write('fruit.json', JSON.stringify(experiment));
});

afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, text: string | Uint8Array) => writeFile(join(folder, name), text);
const read = (name: string) => readFile(join(folder, name));

async function run(...argv: string[]) {
  let stdout = '';
  let stderr = '';
  const status = await main(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    cwd: () => folder,
  });
  return { status, stdout, stderr };
}

async function reportOf(...argv: string[]): Promise<Report> {
  const { status, stderr } = await run('train', ...argv, '--report', 'report.json');
  if (status !== 0) throw new Error(stderr);
  return JSON.parse((await read('report.json')).toString()) as Report;
}

describe('layerlab train', () => {
  it.each(['wasm', 'reference'])('trains on the %s backend and reports in the stated form', async (backend) => {
    const report = await reportOf('fruit.json', '--backend', backend, '--threads', '2');
    expect(Object.keys(report)).toEqual(
      'parameters epochs steps seconds examplesPerSecond backend threads train dev test history stopped best'.split(
        ' ',
      ),
    );
    expect(report).toMatchObject({
      parameters: 5 * 3 + 5 + 3 * 5 + 3,
      epochs: 30,
      steps: 30 * 12,
      backend,
      threads: 1,
    });
    expect(report).toMatchObject({ stopped: 'epochs', best: { part: 'dev' } });
    for (const part of [report.train, report.dev, report.test]) {
      expect(Object.keys(part!)).toEqual('loss accuracy precision recall f1 classes confusion'.split(' '));
      expect(part!.classes!.map(({ name }) => name)).toEqual(['apple', 'cherry', 'pear']);
      // Row c holds the examples of class c.
      expect(part!.confusion!.map((row) => row.reduce((sum, count) => sum + count))).toEqual(
        part!.classes!.map(({ support }) => support),
      );
    }
    expect(report.train).toMatchObject({ accuracy: 1 });
    expect(report.history.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 31 }, (_, epoch) => epoch));
    expect(report.history.at(-1)).toMatchObject({ epoch: 30, train: { f1: report.train.f1, loss: report.train.loss } });
    expect(report.examplesPerSecond).toBeCloseTo((30 * 96) / report.seconds, 3);
  });

  it('says RMSE, MAE and R² for regression', async () => {
    const columns = { fruit: { role: 'ignore' }, weight: { role: 'target' } };
    const network = { layers: [{ kind: 'dense', units: 1, activation: 'identity' }] };
    await write('weight.json', JSON.stringify({ ...experiment, data: { ...experiment.data, columns }, network }));
    const { train } = await reportOf('weight.json', '--epochs', '2');
    expect(Object.keys(train)).toEqual(['loss', 'rmse', 'mae', 'r2']);
  });

  it('tests on a separate file, whose share goes to the training part', async () => {
    await write('new.csv', 'weight,colour,fruit\n110,red,apple\n25,red,cherry\n170,green,cherry\n');
    const report = await reportOf('fruit.json', '--test-data', 'new.csv', '--epochs', '60');
    expect(report.test).toMatchObject({ accuracy: 2 / 3 });
    expect(report.steps).toBe(60 * Math.ceil((120 * 0.9) / 8));
  });

  it('has the same curves for the same seed and others for another, on the same split', async () => {
    const first = await reportOf('fruit.json', '--epochs', '3');
    const { seconds, examplesPerSecond, ...same } = await reportOf('fruit.json', '--epochs', '3', '--seed', '1');
    expect(first).toEqual({ ...same, seconds: first.seconds, examplesPerSecond: first.examplesPerSecond });
    expect([seconds, examplesPerSecond].every(Number.isFinite)).toBe(true);
    const other = await reportOf('fruit.json', '--epochs', '3', '--seed', '2');
    expect(other.train.loss).not.toBe(first.train.loss);
  });

  it('goes on from a saved project as if it had never stopped', async () => {
    await run('train', 'fruit.json', '--epochs', '20', '--save', 'whole.layerlab');
    await run('train', 'fruit.json', '--epochs', '8', '--save', 'part.layerlab');
    const { status, stderr } = await run('train', 'part.layerlab', '--epochs', '20', '--save', 'part.layerlab');
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.not.stringContaining('epoch 0/') as string });
    const [whole, part] = await Promise.all(
      ['whole.layerlab', 'part.layerlab'].map(async (name) => decodeProject(await read(name), name)),
    );
    expect(part).toEqual(whole);
  });

  it('prints plain lines where there is no terminal, and a bar where there is one', async () => {
    const plain = await run('train', 'fruit.json', '--epochs', '40');
    const lines = plain.stderr.trim().split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[0]).toMatch(/^epoch 0\/40 {2}train [\d.]+ \/ [\d.]+ % {2}dev [\d.]+ \/ [\d.]+ %$/);
    let bar = '';
    const terminal = { isTTY: true, columns: 80, write: (text: string) => (bar += text) };
    await main(['train', 'fruit.json'], { stdout: { write: () => true }, stderr: terminal, cwd: () => folder });
    expect(bar).toContain(`epoch 30/30 ${'━'.repeat(24)} train`);
    expect(bar.endsWith('\n')).toBe(true);
  });

  it('stops with status 1 and writes nothing when training diverges', async () => {
    const training = { optimizer: { kind: 'sgd', learningRate: 1e30 } };
    await write('wild.json', JSON.stringify({ ...experiment, training }));
    const { status, stderr } = await run('train', 'wild.json', '--save', 'wild.layerlab');
    expect(status).toBe(1);
    expect(stderr).toMatch(/Step \d+: .* is (infinite|not a number).*Lower the learning rate from/);
    expect(await readdir(folder)).not.toContain('wild.layerlab');
  });
});

describe('layerlab trace', () => {
  const names = 'x y yHat loss W1 b1 z1 a1 delta1 dW1 db1 W2 b2 z2 a2 delta2 dW2 db2'.split(' ');

  it('writes every array of the first step, float64 from the reference and float32 from wasm', async () => {
    await run('trace', 'fruit.json', '--out', 'a.safetensors');
    await run('trace', 'fruit.json', '--out', 'b.safetensors', '--backend', 'wasm');
    const [wide, narrow] = await Promise.all(
      ['a.safetensors', 'b.safetensors'].map(async (name) => decodeSafetensors(await read(name), name)),
    );
    expect(wide!.map(({ name }) => name)).toEqual(names);
    expect(narrow!.map(({ name }) => name)).toEqual(names);
    expect(wide!.find(({ name }) => name === 'delta1')).toMatchObject({ shape: [8, 5] });
    wide!.forEach(({ values, shape }, index) => {
      expect(values).toBeInstanceOf(Float64Array);
      expect(narrow![index]!.values).toBeInstanceOf(Float32Array);
      expect(narrow![index]!.shape).toEqual(shape);
      values.forEach((value, i) => expect(Math.abs(narrow![index]!.values[i]! - value)).toBeLessThan(1e-5));
    });
  });

  it('is the batch that training sees first: its loss is that of the first update', async () => {
    await run('trace', 'fruit.json', '--out', 'a.json', '--batch', '96');
    const trace = JSON.parse((await read('a.json')).toString()) as { loss: number; x: number[][] };
    const { history } = await reportOf('fruit.json', '--backend', 'reference', '--epochs', '1');
    expect(trace.x).toHaveLength(96);
    expect(trace.loss).toBeCloseTo(history[0]!.train.loss, 12);
  });

  it('of a saved project shows the step that comes next', async () => {
    await run('train', 'fruit.json', '--backend', 'reference', '--save', 'fruit.layerlab');
    await run('trace', 'fruit.layerlab', '--out', 'a.safetensors');
    const decoded = await decodeProject(await read('fruit.layerlab'), 'fruit.layerlab');
    const W1 = decoded.ok ? decoded.value.model?.state.parameters[0] : null;
    const traced = decodeSafetensors(await read('a.safetensors'), 'a').find(({ name }) => name === 'W1');
    expect(traced).toEqual(W1);
  });
});

describe('layerlab check', () => {
  it('gives a verdict for every array', async () => {
    const { status, stdout } = await run('check', 'fruit.json');
    expect(status).toBe(0);
    expect(stdout).toMatch(/W1 +15 .*right\nb1 +5 .*right\nW2 +15 .*right\nb2 +3 .*right\nEvery gradient is right/);
  });
});

describe('layerlab predict and export', () => {
  beforeEach(() => run('train', 'fruit.json', '--save', 'fruit.layerlab', '--export', 'json=first.json'));

  it('answers rows without the target, in any order of columns', async () => {
    await write('new.csv', 'colour,weight\nred,105\ngreen,180\nred,\n');
    const { status, stdout } = await run('predict', 'fruit.layerlab', '--data', 'new.csv', '--out', 'out.csv');
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'out.csv: 3 predictions of fruit\n' });
    const [head, apple, pear, hole] = (await read('out.csv')).toString().split('\n');
    expect(head).toBe('fruit,p(apple),p(cherry),p(pear)');
    expect(apple).toMatch(/^apple,0\.\d+,/);
    expect(pear).toMatch(/^pear,/);
    expect(hole).toMatch(/^(apple|pear|cherry),/);
  });

  it('writes a format of several files as a zip, into a folder, or the one that is asked for', async () => {
    const paths = ['pytorch=all.zip', 'pytorch=out/net/', 'pytorch=net.py', 'pytorch=net.safetensors'];
    const { status, stdout } = await run('export', 'fruit.layerlab', ...paths);
    expect(status).toBe(0);
    expect(stdout).toMatch(/out\/net\/: [\d,]+ bytes in 2 files/);
    expect((await readdir(join(folder, 'out/net'))).sort()).toEqual(['model.py', 'weights.safetensors']);
    const weights = await readFile(join(folder, 'out/net/weights.safetensors'));
    expect(weights.equals(await readFile(join(folder, 'net.safetensors')))).toBe(true);
    expect((await readFile(join(folder, 'all.zip'))).subarray(0, 2).toString()).toBe('PK');
    expect(await readFile(join(folder, 'out/net/model.py'), 'utf8')).toContain('with_name("weights.safetensors")');
    const alone = await readFile(join(folder, 'net.py'), 'utf8');
    const [, text = ''] = /\nWEIGHTS = """\n([^"]+)\n"""\n/.exec(alone) ?? [];
    expect(Buffer.from(text, 'base64').equals(weights)).toBe(true);
    const trained = await run('train', 'fruit.json', '--export', 'pytorch=trained/');
    expect(trained.stdout).toMatch(/\ntrained\/: [\d,]+ bytes in 2 files\n$/);
    expect((await readdir(join(folder, 'trained'))).sort()).toEqual(['model.py', 'weights.safetensors']);
  });

  it('exports what training exports', async () => {
    expect(await run('export', 'fruit.layerlab', 'json=again.json', 'onnx=model.onnx')).toMatchObject({ status: 0 });
    expect(await read('again.json')).toEqual(await read('first.json'));
    expect((await read('model.onnx')).length).toBeGreaterThan(100);
  });

  it.each<[string, string, RegExp]>([
    ['weight\n100\n', 'lacks', /new\.csv lacks "colour"/],
    ['weight,colour\nheavy,red\n', 'text', /"heavy" in column "weight", where the model needs a number/],
    ['', 'empty', /new\.csv/],
  ])('refuses %j', async (text, _why, message) => {
    await write('new.csv', text);
    const { status, stderr } = await run('predict', 'fruit.layerlab', '--data', 'new.csv', '--out', 'out.csv');
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(message) as string });
    expect(await readdir(folder)).not.toContain('out.csv');
  });
});

describe('bad arguments and input', () => {
  it.each<[string[], RegExp]>([
    [['trian'], /"trian" is not a command\. Did you mean "train"\?/],
    [['train'], /EXPERIMENT is missing/],
    [['train', 'nope.json'], /no file nope\.json in/],
    [['train', 'fruit.json', '--epochs', '0'], /--epochs must be a whole number of at least 1/],
    [['train', 'fruit.json', '--threads', 'many'], /--threads must be/],
    [['train', 'fruit.json', '--backend', 'gpu'], /--backend must be wasm or reference/],
    [['train', 'fruit.json', '--data', 'gone.csv'], /no file gone\.csv/],
    [['train', 'fruit.json', '--export', 'pickle=x'], /"pickle" is not a format.*onnx, .*json/],
    [['train', 'fruit.json', '--export', 'x.onnx'], /not FORMAT=PATH/],
    [['train', 'fruit.json', '--save', 'gone/x.layerlab'], /x\.layerlab could not be saved/],
    [['train', 'fruit.json', '--save', '.'], /is a folder/],
    [['train', 'fruit.csv'], /fruit\.csv is not valid JSON: at line 1, column 1/],
    [['train', 'kind.json'], /network\.layers\[0\]\.kind.*"densee".*"dense"/],
    [
      ['train', 'rate.json'],
      /training\.optimizer\.learningRate must be a number above 0, but is -1.*1 more: training\.epochs/,
    ],
    [['train', 'quote.json'], /quote\.csv.*line 3|line 3.*quote\.csv/],
    [['train', 'cut.layerlab'], /cut\.layerlab/],
    [['trace', 'fruit.json'], /--out is missing/],
    [['trace', 'fruit.json', '--out', 'x.txt'], /must end in \.safetensors, \.npz, \.json/],
    [['trace', 'fruit.json', '--out', 'x.npz', '--batch', '97'], /--batch must be at most 96/],
    [['check', 'fruit.json', '--out', 'x'], /--out is not an option/],
    [['predict', 'fruit.json', '--data', 'fruit.csv', '--out', 'x.csv'], /fruit\.json/],
    [['export', 'fruit.json'], /FORMAT=PATH is missing/],
  ])('%j: status 2 and one line', async (argv, message) => {
    await write('kind.json', JSON.stringify({ ...experiment, network: { layers: [{ kind: 'densee' }] } }));
    const rate = { optimizer: { kind: 'sgd', learningRate: -1 }, epochs: -1 };
    await write('rate.json', JSON.stringify({ ...experiment, training: rate }));
    await write('quote.json', JSON.stringify({ ...experiment, data: { source: { files: ['quote.csv'] } } }));
    await write('quote.csv', 'weight,fruit\n1,apple\n2,"pear\n3,apple\n');
    await write('cut.layerlab', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0));
    const before = await readdir(folder);
    const { status, stdout, stderr } = await run(...argv);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/TypeError|undefined|\[object/);
    expect(await readdir(folder)).toEqual(before);
  });

  // The superuser may write anywhere, so nothing can be refused.
  it.skipIf(process.getuid?.() === 0)('a folder without permission to write is found before training', async () => {
    await chmod(folder, 0o500);
    const { status, stderr } = await run('train', 'fruit.json', '--save', 'x.layerlab');
    await chmod(folder, 0o700);
    expect(status).toBe(2);
    expect(stderr).toMatch(/permission/);
  });

  it('has a usage for itself and for every command', async () => {
    expect((await run('--help')).stdout).toContain('layerlab COMMAND');
    for (const command of ['train', 'trace', 'check', 'predict', 'export']) {
      const { status, stdout } = await run(command, '--help');
      expect(status).toBe(0);
      expect(stdout).toContain(`Usage: layerlab ${command} `);
    }
    expect(await run()).toMatchObject({ status: 2, stdout: '' });
  });
});
