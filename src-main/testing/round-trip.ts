import { expect } from 'vitest';
import type { ModelSnapshot, Outcome } from '../../src-worker/api';
import { compileReference } from '../../src-worker/network';
import { createRandom } from '../../src-worker/random';
import { sizeOf, type FloatArray, type Shape } from '../../src-worker/tensor';
import type { ExportFormatId, ExportOptions } from '../bridge';
import { readModel } from '../import';
import type { ReadModel } from '../import/read-model';
import { exportedFiles } from './exports';

/** The value, or the test fails with the problems. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

/** Rows of {@link inputsOf}. */
export const ROWS = 10;

/** Inputs of the network, already scaled; the same for the same shape. */
export function inputsOf(inputShape: Shape): Float64Array {
  const random = createRandom(7, 'inputs');
  return Float64Array.from({ length: ROWS * sizeOf(inputShape) }, () => Math.fround(random.normal()));
}

/** ŷ of the reference backend in float64 for these inputs. */
export function answersOf(
  network: Pick<ModelSnapshot['experiment'], 'network' | 'training'>,
  inputShape: Shape,
  parameters: ModelSnapshot['state']['parameters'],
): FloatArray {
  const reference = compileReference({ ...network, inputShape }, 'float64');
  reference.setParameters(parameters);
  return reference.predict(inputsOf(inputShape), ROWS);
}

/** Writes the model and reads it back. */
export async function throughFormat(
  format: ExportFormatId,
  model: ModelSnapshot,
  options: ExportOptions = {},
): Promise<ReadModel> {
  const files = await exportedFiles(format, model, undefined, options);
  return valueOf(await readModel(files));
}

/** That the file, opened as a foreign one, answers alike, and opened as ours is the same model. */
export async function expectSameModel(format: ExportFormatId, model: ModelSnapshot): Promise<void> {
  const read = await throughFormat(format, model, { optimizer: 'yes' });
  const { experiment, preprocessing, state } = model;
  const own = answersOf(experiment, preprocessing.inputShape, state.parameters);
  if (read.network !== null) {
    const { spec, inputShape, parameters } = read.network;
    const foreign = answersOf({ network: spec, training: experiment.training }, inputShape, parameters);
    expect(largest(own, foreign), `${format} as a foreign model`).toBeLessThan(1e-6);
  }
  expect(read.problems).toEqual([]);
  expect(read.notes).toEqual([]);
  expect(read.model?.experiment).toEqual(experiment);
  expect(read.model?.preprocessing).toEqual(preprocessing);
  expect({ ...read.model?.state, best: null }).toEqual({ ...state, best: null });
}

export function largest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  return Array.from(a, (value, i) => Math.abs(value - b[i]!)).reduce((most, value) => Math.max(most, value), 0);
}
