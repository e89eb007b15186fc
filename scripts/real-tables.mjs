/**
 * Loads tables without a setting touched, trains what is suggested for each, and has scikit-learn train on the same rows and inputs:
 * `node scripts/real-tables.mjs FILE…` prints the table of docs/real-tables.md. Python with scikit-learn is named by LAYERLAB_PYTHON.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensureKernels } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

ensureInstalled();
ensureKernels();
const { runnerImport } = await import('vite');
const load = async (path) =>
  (await runnerImport(join(root, path), { configFile: false, root, logLevel: 'error' })).module;
const { createTrainer } = await load('src-worker/trainer.ts');
const { loadData, prepare } = await load('src-worker/data/index.ts');
const { defaultDataSpec } = await load('src-worker/experiment/defaults.ts');
const { createEngine } = await load('src-main/cli/engines.ts');

function unwrap(outcome) {
  if (!outcome.ok) throw new Error(outcome.problems[0].message);
  return outcome.value;
}

/** Dev and test scores of the suggested experiment: accuracy, or R². */
async function trainSuggested(spec, file) {
  const trainer = createTrainer(createEngine('wasm'));
  const summary = unwrap(await trainer.loadData(spec, [file], []));
  const experiment = unwrap(await trainer.suggestExperiment(file.name));
  unwrap(await trainer.build(experiment));
  let progress;
  do progress = unwrap(trainer.advance({ ms: 500 }));
  while (progress.status === 'ready' || progress.status === 'training');
  const scoreOf = (part) => {
    const { accuracy, r2 } = unwrap(trainer.assess(part)).metrics;
    return accuracy ?? r2;
  };
  return { summary, units: experiment.network.layers[0].units, dev: scoreOf('dev'), test: scoreOf('test') };
}

/** The same rows and inputs for scikit-learn, with a hidden layer of as many tanh units. */
async function askScikit(spec, file, { summary, units }) {
  const prepared = unwrap(prepare(unwrap(await loadData(spec, [file], [])), spec));
  const outputs = summary.task === 'multi-class' ? summary.classes.length : 1;
  const parts = Object.fromEntries(
    ['train', 'dev', 'test'].map((part) => {
      const { count, x, y } = prepared.examples(part, outputs, 'float64');
      return [part, { count, x: [...x], y: [...y] }];
    }),
  );
  const input = JSON.stringify({ task: summary.task, units, parts });
  const python = process.env.LAYERLAB_PYTHON ?? 'python3';
  const result = spawnSync(python, [join(root, 'bench/python/real_tables.py')], { input, maxBuffer: 1 << 26 });
  if (result.status !== 0) throw new Error(String(result.stderr));
  return JSON.parse(String(result.stdout));
}

process.stdout.write('| table | target | task | rows | baseline | Layerlab dev | test | scikit-learn dev | test |\n');
for (const path of process.argv.slice(2)) {
  const file = new File([readFileSync(path)], basename(path));
  const spec = defaultDataSpec({ files: [file.name], testFiles: [] });
  const ours = await trainSuggested(spec, file);
  const theirs = await askScikit(spec, file, ours);
  const { target, task, rows } = ours.summary;
  const scores = [theirs.baseline, ours.dev, ours.test, theirs.dev, theirs.test].map((score) => score.toFixed(3));
  process.stdout.write(`| ${[file.name, target, task, rows, ...scores].join(' | ')} |\n`);
}
