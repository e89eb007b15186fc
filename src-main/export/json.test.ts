import { describe, expect, test } from 'vitest';
import { makeModel } from '../testing/models';
import { exportedBytes } from '../testing/exports';

interface Exported {
  readonly format: string;
  readonly experiment: unknown;
  readonly preprocessing: unknown;
  readonly weights: Record<string, { shape: number[]; values: unknown[] }>;
}

async function exported(model = makeModel()): Promise<{ readonly text: string; readonly value: Exported }> {
  const text = new TextDecoder().decode(await exportedBytes('json', model));
  return { text, value: JSON.parse(text) as Exported };
}

describe('the JSON export', () => {
  test('holds every weight to the bit, nested by its shape', async () => {
    const model = makeModel();
    const { weights } = (await exported(model)).value;
    for (const { name, shape, values } of model.state.parameters) {
      expect(weights[name]?.shape).toEqual(shape);
      expect(Float32Array.from((weights[name]?.values as number[][]).flat())).toEqual(values);
    }
    expect(weights['W1']?.values.length).toBe(4);
  });

  test('holds the experiment and the preprocessing', async () => {
    const model = makeModel();
    const { value } = await exported(model);
    expect(value.format).toBe('layerlab-weights');
    expect(value.experiment).toEqual(JSON.parse(JSON.stringify(model.experiment)));
    expect(value.preprocessing).toEqual(model.preprocessing);
  });

  test('writes one row of a matrix to a line, in as few digits as suffice', async () => {
    const model = makeModel();
    model.state.parameters[0]!.values.set([0.1, 0.25, 1 / 3, 1e-30, 3, 16777216, -0.007, 1e20]);
    expect((await exported(model)).text).toContain(
      '        [0.1, 0.25],\n        [0.33333334, 1e-30],\n        [3, 16777216],\n        [-0.007, 100000000000000000000]\n',
    );
  });

  test('names what JSON cannot write', async () => {
    const model = makeModel();
    model.state.parameters[1]!.values.set([NaN, Infinity, -Infinity, -0]);
    expect((await exported(model)).value.weights['b1']?.values).toEqual(['NaN', 'Infinity', '-Infinity', '-0']);
  });

  test('reads float64 back to the bit', async () => {
    const model = makeModel();
    const parameters = model.state.parameters.map((tensor) => ({
      ...tensor,
      values: Float64Array.from(tensor.values, (x) => x / 3),
    }));
    const { weights } = (await exported({ ...model, state: { ...model.state, parameters } })).value;
    expect(weights['b2']?.values).toEqual([...parameters[3]!.values]);
  });
});
