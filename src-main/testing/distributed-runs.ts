import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EpochRecord, Experiment, ModelSnapshot, Outcome, Proof, TrainingData } from '../../src-worker/api';
import { createWasmEngine } from '../../src-worker/engines';
import { parseExperiment } from '../../src-worker/experiment/parse';
import { loadBuiltKernels } from '../../src-worker/testing/load-kernels';
import { createTrainer } from '../../src-worker/trainer';
import { exportedFiles } from './exports';

/** A run in the app, with what an export needs of it. */
export interface AppRun {
  readonly model: ModelSnapshot;
  readonly proof: Proof;
  readonly data: TrainingData;
}

/** What the parts of a document are, defaults left out. */
export interface Recipe {
  readonly data: object;
  readonly network: object;
  readonly training: object;
}

/** Trains in the app for so many epochs. @throws Error for a recipe that cannot be trained */
export async function trainInApp(recipe: Recipe, steps = 1_000_000): Promise<AppRun> {
  const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
  const experiment: Experiment = valueOf(parseExperiment({ name: 'distributed', ...recipe }));
  valueOf(await trainer.loadData(experiment.data, [], []));
  valueOf(await trainer.build(experiment));
  valueOf(trainer.advance({ steps }));
  return {
    model: valueOf(trainer.snapshot()),
    proof: valueOf(trainer.proofRows(8)),
    data: valueOf(trainer.trainingData()),
  };
}

/** PyTorch 1.13 under Python 3.11 and later starts nothing unless it is told where output goes. */
const OUTPUT = ['--redirects', '1', '--tee', '1', '--log_dir', 'log'];

/** What `train.py` wrote, read as the app reads it. */
export interface TorchResult {
  readonly text: string;
  readonly history: readonly EpochRecord[];
  readonly outcome: string;
}

/** The exported folder, and a way to run train.py in it; `remove` it when done. */
export async function exportFolder(
  run: AppRun,
  start: 'beginning' | 'now' = 'beginning',
): Promise<{
  readonly folder: string;
  train(python: string, processes: number, args?: readonly string[]): TorchResult;
  remove(): void;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'layerlab-distributed-'));
  const files = await exportedFiles('pytorch-distributed', run.model, run.proof, { start }, run.data);
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
  return {
    folder,
    train(python, processes, args = []) {
      const launch =
        processes === 1
          ? ['train.py']
          : ['-m', 'torch.distributed.run', '--standalone', `--nproc_per_node=${processes}`, ...OUTPUT, 'train.py'];
      execFileSync(python, [...launch, ...args], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 120_000,
        env: { ...process.env, OMP_NUM_THREADS: '1', MASTER_PORT: String(20_000 + (process.pid % 20_000)) },
      });
      const text = readFileSync(join(folder, 'result', 'history.json'), 'utf8');
      const { history, outcome } = JSON.parse(text) as Omit<TorchResult, 'text'>;
      return { text, history, outcome };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** max |loss − loss′| over the epochs of both, train and dev. */
export function lossDifference(own: readonly EpochRecord[], theirs: readonly EpochRecord[]): number {
  if (own.length !== theirs.length) return Infinity;
  return own.reduce((largest, { train, dev }, i) => {
    const other = theirs[i]!;
    const devs = Math.abs((dev?.loss ?? 0) - (other.dev?.loss ?? 0));
    return Math.max(largest, Math.abs(train.loss - other.train.loss), devs);
  }, 0);
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
