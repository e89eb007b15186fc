import { describe, expect, test } from 'vitest';
import type { ActivationKind } from '../../../src-worker/experiment/document';
import { activationKinds } from '../../../src-worker/testing/arbitrary';
import { exportedFiles } from '../../testing/exports';
import { tfjsAnswers } from '../../testing/foreign-answers';
import { makeModel } from '../../testing/models';
import { randomModels } from '../../testing/random-models';
import { answersOf, expectSameModel, inputsOf, largest, ROWS } from '../../testing/round-trip';
import type { ModelSnapshot } from '../../../src-worker/api';

async function differenceFromTfjs(model: ModelSnapshot): Promise<number> {
  const { experiment, preprocessing, state } = model;
  const { inputShape } = preprocessing;
  const files = await exportedFiles('tfjs', model);
  const found = await tfjsAnswers(files, inputsOf(inputShape), ROWS, inputShape);
  return largest(found, answersOf(experiment, inputShape, state.parameters));
}

describe('TensorFlow.js', () => {
  test.each(activationKinds)('answers as the app does within 1e-5 with %s', async (activation: ActivationKind) => {
    expect(await differenceFromTfjs(makeModel({ activations: [activation, 'softmax'] }))).toBeLessThan(1e-5);
    const images = { shape: [2, 6, 5], offset: [0, 0], scale: [1, 1] };
    const front = [{ kind: 'conv2d', filters: 3, kernel: [2, 3], stride: [2, 1], padding: 'same', activation }];
    expect(await differenceFromTfjs(makeModel({ images, front }))).toBeLessThan(1e-5);
  });

  test.each(randomModels(20, 21).map((model, n) => [n, model] as const))(
    'answers random network %i as the app does within 1e-5',
    async (_n, model) => {
      expect(await differenceFromTfjs(model)).toBeLessThan(1e-5);
    },
  );

  test.each(randomModels(20, 22).map((model, n) => [n, model] as const))(
    'brings random network %i back whole',
    async (_n, model) => {
      await expectSameModel('tfjs', model);
    },
  );
});
