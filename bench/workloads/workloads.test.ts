import { describe, expect, it } from 'vitest';
import { workloads } from '.';
import { initialWeights } from './weights';

describe.each(workloads)('workload $name', (workload) => {
  const outputs = workload.layers.at(-1)?.units ?? 0;

  it('has full batches of finite examples, the same every time', () => {
    const { x, y } = workload.generate();
    expect(workload.examples % workload.training.batchSize).toBe(0);
    expect(x).toHaveLength(workload.examples * workload.inputs);
    expect(y).toHaveLength(workload.examples * outputs);
    expect(x.every(Number.isFinite)).toBe(true);
    expect(workload.generate()).toEqual({ x, y });
  });

  it('has one class per example', () => {
    const { y } = workload.generate();
    expect(y.every((value) => value === 0 || value === 1)).toBe(true);
    if (outputs === 1) return;
    for (let n = 0; n < workload.examples; n++) {
      expect(y.subarray(n * outputs, (n + 1) * outputs).reduce((a, b) => a + b)).toBe(1);
    }
  });

  it('has weights of the layers’ shapes with the stated deviation', () => {
    const weights = initialWeights(workload);
    let inputs = workload.inputs;
    workload.layers.forEach(({ units, activation }, l) => {
      const { W, b } = weights[l] ?? { W: new Float32Array(), b: new Float32Array() };
      expect(W).toHaveLength(units * inputs);
      expect([...b]).toEqual(new Array(units).fill(0));
      if (W.length > 1000) {
        const variance = W.reduce((total, w) => total + w * w, 0) / W.length;
        expect(variance * inputs).toBeCloseTo(activation === 'relu' ? 2 : 1, 0);
      }
      inputs = units;
    });
    expect(initialWeights(workload)).toEqual(weights);
  });

  it('compares the losses from the start on, in ascending steps', () => {
    expect(workload.checkedSteps[0]).toBe(0);
    expect(workload.checkedSteps).toEqual(workload.checkedSteps.toSorted((a, b) => a - b));
    expect(workload.checkedSteps.at(-1)).toBeGreaterThanOrEqual(50);
  });
});
