import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { activationKinds } from '../../../src-worker/testing/arbitrary';
import { exportedFiles } from '../../testing/exports';
import { findPython } from '../../testing/find-python';
import { channelsLastInputs } from '../../testing/foreign-answers';
import { makeModel } from '../../testing/models';
import { randomModels } from '../../testing/random-models';
import { answersOf, expectSameModel, inputsOf, largest, ROWS } from '../../testing/round-trip';

// The smallest backend that runs on every machine.
process.env['KERAS_BACKEND'] ??= 'jax';
const python = findPython('keras');

const images = { shape: [2, 6, 5], offset: [0, 0], scale: [1, 1] };
const models = [
  ...activationKinds.flatMap((activation) => [
    makeModel({ activations: [activation, 'softmax'] }),
    makeModel({
      images,
      front: [{ kind: 'conv2d', filters: 3, kernel: [2, 3], stride: [2, 1], padding: 'same', activation }],
    }),
  ]),
  makeModel({
    images,
    front: [
      { kind: 'conv2d', filters: 3, kernel: 2, padding: 1 },
      { kind: 'batch-norm' },
      { kind: 'max-pool2d' },
      { kind: 'dropout', rate: 0.3 },
    ],
  }),
  ...randomModels(12, 31),
];

/** Loads every file with Keras itself, and answers. */
const SCRIPT = `
import json, os, sys
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import numpy as np
import keras
for line in sys.stdin:
    case = json.loads(line)
    model = keras.models.load_model(case['path'])
    x = np.array(case['x'], dtype='float32').reshape(case['shape'])
    print(json.dumps(np.asarray(model(x, training=False)).ravel().tolist()))
`;

describe('Keras', () => {
  test.skipIf(python === null)(
    'itself opens the files and answers as the app does within 1e-5',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'layerlab-keras-'));
      const cases: string[] = [];
      for (const [n, model] of models.entries()) {
        const path = join(folder, `${n}.keras`);
        writeFileSync(path, (await exportedFiles('keras', model))[0]!.bytes);
        const { inputShape } = model.preprocessing;
        const { x, shape } = channelsLastInputs(inputsOf(inputShape), ROWS, inputShape);
        cases.push(JSON.stringify({ path, x: [...x], shape }));
      }
      const output = execFileSync(python ?? '', ['-W', 'ignore', '-c', SCRIPT], {
        input: cases.join('\n'),
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      });
      const answers = output
        .split('\n')
        .filter((line) => line.startsWith('['))
        .map((line) => JSON.parse(line) as number[]);
      expect(answers).toHaveLength(models.length);
      models.forEach(({ experiment, preprocessing, state }, n) => {
        const own = answersOf(experiment, preprocessing.inputShape, state.parameters);
        expect(largest(answers[n]!, own), `model ${n}: ${JSON.stringify(experiment.network.layers)}`).toBeLessThan(
          1e-5,
        );
      });
      rmSync(folder, { recursive: true });
    },
    120_000,
  );

  test.each(randomModels(20, 32).map((model, n) => [n, model] as const))(
    'brings random network %i back whole',
    async (_n, model) => {
      await expectSameModel('keras', model);
    },
  );
});
