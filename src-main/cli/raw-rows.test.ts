import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Experiment, Preprocessing, RawRow } from '../../src-worker/api';
import { encodeRows } from '../../src-worker/inference';
import { compileReference } from '../../src-worker/network';
import { main } from './index';
import type { Report } from './report';

const ROWS = 120;

/** Visits to a café: a boolean, a date-time with holes, a category with a rare value, a number with holes; and whether someone came back. */
const visits = Array.from({ length: ROWS }, (_, n): RawRow => {
  const time = new Date(Date.UTC(2024, 0, 1) + n * 31 * 3_600_000).toISOString().slice(0, 16);
  return {
    rainy: n % 11 === 0 ? '' : n % 3 === 0 ? 'yes' : 'No',
    came: n % 13 === 0 ? '' : time,
    drink: n === 7 ? 'mead' : n % 17 === 0 ? '' : ['tea', 'coffee', 'juice'][n % 3]!,
    spent: n % 7 === 0 ? 'NA' : String((n * 37) % 50),
    back: n % 3 === 0 && n % 2 === 0 ? 'again' : (n * 37) % 50 > 20 ? 'never' : 'maybe',
  };
});

const experiment = {
  name: 'visits',
  data: {
    source: { files: ['visits.csv'] },
    columns: { back: { role: 'target' }, spent: { missing: 'median', scaling: 'min-max' } },
    missing: 'most-frequent',
    rare: 2,
    split: { train: 1 },
  },
  network: {
    layers: [
      { kind: 'dense', units: 6, activation: 'tanh' },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
  },
  training: { epochs: 20, classWeights: 'balanced' },
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-rows-'));
  const header = Object.keys(visits[0]!);
  const lines = visits.map((row) => header.map((name) => row[name]).join(','));
  await writeFile(join(folder, 'visits.csv'), [header.join(','), ...lines].join('\n'));
  await writeFile(join(folder, 'visits.json'), JSON.stringify(experiment));
});

afterEach(() => rm(folder, { recursive: true }));

async function run(...argv: string[]): Promise<void> {
  let stderr = '';
  const io = {
    stdout: { write: () => true },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: () => folder,
  };
  if ((await main(argv, io)) !== 0) throw new Error(stderr);
}
const json = async <T>(name: string): Promise<T> => JSON.parse(await readFile(join(folder, name), 'utf8')) as T;

it('predict and the exported JSON answer raw rows as the app judged them: booleans, dates, rare categories and holes', async () => {
  await run(
    'train',
    'visits.json',
    '--report',
    'r.json',
    '--save',
    'm.layerlab',
    '--export',
    'json=m.json',
    '--backend',
    'reference',
  );
  await run('predict', 'm.layerlab', '--data', 'visits.csv', '--out', 'a.csv', '--backend', 'reference');
  const report = await json<Report>('r.json');
  const [header, ...answers] = (await readFile(join(folder, 'a.csv'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  expect(answers).toHaveLength(ROWS);
  const classes = report.train.classes!.map(({ name }) => name);

  // The confusion and the loss that the app reported, from the answers of predict alone.
  const confusion = classes.map(() => classes.map(() => 0));
  let loss = 0;
  answers.forEach((cells, n) => {
    const truth = classes.indexOf(String(visits[n]!['back']));
    confusion[truth]![classes.indexOf(cells[0]!)]! += 1;
    loss -= Math.log(Number(cells[1 + truth])) / ROWS;
  });
  expect(header).toHaveLength(1 + classes.length);
  expect(confusion).toEqual(report.train.confusion);
  expect(loss).toBeCloseTo(report.train.loss, 9);

  // And again from what the JSON file says.
  const model = await json<{
    preprocessing: Preprocessing;
    experiment: Experiment;
    weights: Record<string, { shape: number[]; values: number[] | number[][] }>;
  }>('m.json');
  const { network, training } = model.experiment;
  expect(model.preprocessing.features.map(({ type }) => type)).toEqual(['boolean', 'date', 'category', 'number']);
  const engine = compileReference({ network, training, inputShape: model.preprocessing.inputShape }, 'float64');
  engine.setParameters(
    Object.entries(model.weights).map(([name, { shape, values }]) => ({
      name,
      shape,
      values: Float64Array.from(values.flat()),
    })),
  );
  const yHat = engine.predict(encodeRows(model.preprocessing, visits), ROWS);
  answers.forEach((cells, n) => {
    classes.forEach((_, k) => expect(yHat[n * classes.length + k]).toBeCloseTo(Number(cells[1 + k]), 5));
  });
});
