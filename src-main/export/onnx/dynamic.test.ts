import { expect, test } from 'vitest';
import { readModel } from '../../import';
import { everyKind, tidyProofOf } from '../../testing/export-models';
import { exportedFiles, exportOf } from '../../testing/exports';
import { makeModel } from '../../testing/models';
import { onnxAnswers } from '../../testing/onnx-answers';
import { valueOf } from '../../testing/round-trip';
import { answersOf, differenceOf } from '../../testing/run-exports';

const options = { weights: 'int8-dynamic' };
const images = { shape: [2, 9, 8], offset: [120, 90], scale: [0.01, 0.013] };
const models = [
  makeModel({ features: everyKind()[3]!.preprocessing.features, hidden: 8 }),
  makeModel({ images, front: [{ kind: 'conv2d', filters: 4, kernel: 3, stride: [2, 1], padding: 'same' }] }),
];

test.each(models.map((model, n) => [n, model] as const))(
  'model %i computed in bytes answers nearly as the app does, and its check says so itself',
  async (_n, model) => {
    const proof = await tidyProofOf(model, 60);
    const exported = await exportOf('onnx', model, proof, options);
    expect(exported.proof).toEqual({ kind: 'checks-itself', rows: 60 });
    const run = await onnxAnswers(exported.content, { model, proof });
    const difference = differenceOf({ model, proof }, run);
    expect(difference).toBeGreaterThan(1e-5);
    expect(difference).toBeLessThan(0.05);
    const own = answersOf({ model, proof });
    expect(own.filter((answer, i) => answer === run.answers[i]).length).toBeGreaterThanOrEqual(57);
  },
);

test.each(models.map((model, n) => [n, model] as const))(
  'model %i comes back with weights within half a step of a byte',
  async (_n, model) => {
    const read = valueOf(await readModel(await exportedFiles('onnx', model, undefined, options)));
    expect(read.problems).toEqual([]);
    expect(read.model?.experiment).toEqual(model.experiment);
    for (const { name, shape, values } of model.state.parameters) {
      const found = read.model!.state.parameters.find((tensor) => tensor.name === name)!;
      expect(found.shape).toEqual(shape);
      const step = name.startsWith('W') ? Math.max(...values.map(Math.abs)) / 127 : 0;
      values.forEach((value, i) => expect(Math.abs(found.values[i]! - value)).toBeLessThanOrEqual(0.51 * step));
    }
  },
);
