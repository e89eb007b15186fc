import { describe, expect, test } from 'vitest';
import { largest, answersOf, expectSameModel, throughFormat } from '../../testing/round-trip';
import { makeModel } from '../../testing/models';
import { randomModels } from '../../testing/random-models';

describe('a model that left as ONNX comes back', () => {
  test.each(randomModels(30, 11).map((model, n) => [n, model] as const))(
    'whole, random network %i',
    async (_n, model) => {
      await expectSameModel('onnx', model);
    },
  );

  test('with its optimizer only where that was asked for', async () => {
    const model = makeModel();
    const read = await throughFormat('onnx', model);
    expect(read.model?.state.optimizer).toEqual([]);
    await expectSameModel('onnx', model);
  });

  test.each([
    ['float16', 2 ** -11],
    ['int8', 1 / 254],
  ] as const)(
    'with weights of %s as they were rounded: each at most by its share of the largest',
    async (weights, bound) => {
      for (const model of randomModels(10, 12)) {
        const read = await throughFormat('onnx', model, { weights });
        for (const { name, shape, values } of model.state.parameters) {
          const found = read.model!.state.parameters.find((each) => each.name === name)!;
          const most = Math.max(...values.map(Math.abs));
          const narrow = name.startsWith('W') && shape.length > 1;
          expect(largest(found.values, values)).toBeLessThanOrEqual(narrow ? bound * most * 1.001 : 0);
        }
      }
    },
  );

  test('as a foreign one where somebody changed its document', async () => {
    const model = makeModel({ activations: ['relu', 'softmax'] });
    const other = makeModel({ activations: ['tanh', 'softmax'] });
    const read = await throughFormat('onnx', model);
    const { network } = read;
    expect(network?.spec.layers.map((layer) => 'activation' in layer && layer.activation)).toEqual(['relu', 'softmax']);
    const answers = answersOf(
      { network: network!.spec, training: other.experiment.training },
      network!.inputShape,
      network!.parameters,
    );
    expect(largest(answers, answersOf(model.experiment, [2], model.state.parameters))).toBeLessThan(1e-6);
  });
});
