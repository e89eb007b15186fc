import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import type { ModelSnapshot, Proof } from '../../src-worker/api';
import { decodeOutputs } from '../../src-worker/inference';
import type { ExportFormatId } from '../bridge';
import { exportedFiles } from './exports';
import { tfjsModel } from './foreign-answers';

/** What an export answered elsewhere. */
export interface Run {
  /** Outputs as it computed them, row by row. */
  readonly outputs: readonly (readonly number[])[];
  readonly answers: readonly (string | number)[];
}

/** A model with the rows that it is asked. */
export interface Case {
  readonly model: ModelSnapshot;
  readonly proof: Proof;
}

/** Writes each case's files into a folder of its own, lets `run` have the folders, and removes them. */
export async function withFiles<T>(
  format: ExportFormatId,
  cases: readonly Case[],
  run: (folders: readonly string[]) => T | Promise<T>,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'layerlab-exports-'));
  try {
    const folders: string[] = [];
    for (const [n, { model, proof }] of cases.entries()) {
      const folder = join(root, String(n));
      mkdirSync(folder);
      for (const { name, bytes } of await exportedFiles(format, model, proof)) writeFileSync(join(folder, name), bytes);
      folders.push(folder);
    }
    return await run(folders);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const DRIVER = `
import importlib.util, json, sys
for folder in sys.argv[1:]:
    spec = importlib.util.spec_from_file_location("model", folder + "/model.py")
    model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(model)
    outputs = model.forward(model.encode(model.CHECK_ROWS)).tolist()
    print(json.dumps({"outputs": outputs, "answers": model.predict(model.CHECK_ROWS)}))
    assert model.check() == max(abs(a - b) for x, y in zip(outputs, model.CHECK_OUTPUTS) for a, b in zip(x, y))
`;

/** The module inside a .keras file, which loads the model around it; Keras itself warns of its own. */
const KERAS_DRIVER = `
import importlib, json, sys
for folder in sys.argv[1:]:
    sys.path.insert(0, folder + "/model.keras")
    sys.modules.pop("preprocess", None)
    model = importlib.import_module("preprocess")
    outputs = model.forward(model.encode(model.CHECK_ROWS)).tolist()
    print(json.dumps({"outputs": outputs, "answers": [model.answer(y_hat) for y_hat in outputs]}))
`;

export function runKeras(python: string, folders: readonly string[]): readonly Run[] {
  return runDriver(python, ['-W', 'ignore', '-c', KERAS_DRIVER], folders);
}

/** One Python process for all, because starting PyTorch takes seconds. */
export function runPython(python: string, folders: readonly string[]): readonly Run[] {
  return runDriver(python, ['-W', 'error', '-c', DRIVER], folders);
}

function runDriver(python: string, driver: readonly string[], folders: readonly string[]): readonly Run[] {
  const text = execFileSync(python, [...driver, ...folders], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Run);
}

interface ModelModule {
  predict(input: unknown): { readonly answer: string | number; readonly outputs: readonly number[] };
}

/** The module as Node imports it. */
export async function runModule(folder: string, { model, proof }: Case): Promise<Run> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'model.mjs')).href)) as ModelModule;
  const predicted = inputsOf(model, proof).map((input) => module.predict(input));
  return { outputs: predicted.map(({ outputs }) => [...outputs]), answers: predicted.map(({ answer }) => answer) };
}

interface TfjsModule {
  predict(tf: unknown, model: unknown, inputs: readonly unknown[]): Promise<ReturnType<ModelModule['predict']>[]>;
  check(tf: unknown, model: unknown): Promise<number>;
}

/** The layers model as TensorFlow.js runs it, between the two ends of the module beside it. */
export async function runTfjs(folder: string, { model, proof }: Case): Promise<Run> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'preprocess.mjs')).href)) as TfjsModule;
  const files = ['model.json', 'weights.bin'].map((name) => ({
    ...{ name, compress: false },
    bytes: new Uint8Array(readFileSync(join(folder, name))),
  }));
  const loaded = await tfjsModel(files);
  const predicted = await module.predict(tf, loaded, inputsOf(model, proof));
  await module.check(tf, loaded);
  loaded.dispose();
  return { outputs: predicted.map(({ outputs }) => [...outputs]), answers: predicted.map(({ answer }) => answer) };
}

/** Rows, or images as flat lists. */
function inputsOf({ preprocessing }: ModelSnapshot, { pixels, rows, count }: Proof): readonly unknown[] {
  if (pixels === null) return rows;
  const size = preprocessing.inputShape.reduce((product, n) => product * n, 1);
  return Array.from({ length: count }, (_, n) => pixels.subarray(n * size, (n + 1) * size));
}

const C_DRIVER = `#include "model.h"
int main(void) {
  double outputs[MODEL_OUTPUTS];
  for (size_t n = 0; n < sizeof model_check_rows / sizeof *model_check_rows; n++) {
    model_predict(&model_check_rows[n], outputs);
    for (int k = 0; k < MODEL_OUTPUTS; k++) printf("%.17g ", outputs[k]);
    printf("\\n");
  }
  return 0;
}
`;

/** The header as a C compiler takes it, with every warning an error; its own check must agree. */
export function runC(folder: string): Run & { readonly report: string } {
  writeFileSync(join(folder, 'main.c'), C_DRIVER);
  const flags = ['-std=c99', '-Wall', '-Wextra', '-Werror', '-O1'];
  const [own, check] = [join(folder, 'own'), join(folder, 'check')];
  execFileSync('cc', [...flags, '-o', own, join(folder, 'main.c'), '-lm']);
  execFileSync('cc', [...flags, '-DMODEL_MAIN', '-x', 'c', '-o', check, join(folder, 'model.h'), '-lm']);
  const lines = execFileSync(own, { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .trim()
    .split('\n');
  const report = execFileSync(check, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return { outputs: lines.map((line) => line.trim().split(' ').map(Number)), answers: [], report };
}

/** Whether a C compiler is there; says so aloud where none is. */
export function hasCompiler(): boolean {
  const found = spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!found) process.stderr.write('Skipped: there is no C compiler cc.\n');
  return found;
}

/** max |ŷ − ŷ′| / max(1, |ŷ|) over all outputs; infinite where one of them is missing. */
export function differenceOf({ proof }: Case, { outputs }: Run): number {
  const found = outputs.flat();
  if (found.length !== proof.outputs.length) return Infinity;
  return found.reduce((largest, value, i) => {
    const own = proof.outputs[i]!;
    const difference = Math.abs(value - own) / Math.max(1, Math.abs(own));
    return Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
  }, 0);
}

export function answersOf({ model, proof }: Case): readonly (string | number)[] {
  return decodeOutputs(model.preprocessing, proof.outputs, proof.count).map(({ answer }) => answer);
}
