import { describe, expect, it } from 'vitest';
import { mnistCnn } from './mnist-cnn';
import { mnistMlp } from './mnist-mlp';
import { planar } from './planar';
import { playground } from './playground';
import { outputsOf, shapedLayers, sizeOf } from '../shapes';
import { batches, widths } from './growth';
import { initialWeights } from './weights';

describe.each([playground, planar, mnistMlp, mnistCnn, ...widths.slice(0, 2), ...batches.slice(0, 2)])(
  'workload $name',
  (workload) => {
    const outputs = outputsOf(workload);

    it('has full batches of finite examples, the same every time', () => {
      const { x, y } = workload.generate();
      expect(workload.examples % workload.training.batchSize).toBe(0);
      expect(x).toHaveLength(workload.examples * sizeOf(workload.inputShape));
      expect(y).toHaveLength(workload.examples * outputs);
      expect(x.every(Number.isFinite)).toBe(true);
      const again = workload.generate();
      expect(Buffer.from(again.x.buffer).equals(Buffer.from(x.buffer))).toBe(true);
      expect(Buffer.from(again.y.buffer).equals(Buffer.from(y.buffer))).toBe(true);
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
      shapedLayers(workload).forEach(({ layer, weightShape, inputShape }, l) => {
        if (weightShape === null || layer.kind === 'max-pool2d') {
          expect(weights[l]).toBeNull();
          return;
        }
        const { W, b } = weights[l]!;
        const fan = layer.kind === 'dense' ? sizeOf(inputShape) : inputShape[0]! * layer.kernel ** 2;
        expect(W).toHaveLength(b.length * fan);
        expect([...b]).toEqual(new Array(weightShape[0]).fill(0));
        if (W.length < 1000) return;
        const variance = W.reduce((total, w) => total + w * w, 0) / W.length;
        expect(variance * fan).toBeCloseTo(layer.activation === 'relu' ? 2 : 1, 0);
      });
      const again = initialWeights(workload);
      weights.forEach((layer, l) => expect(layer?.W.every((w, i) => w === again[l]?.W[i])).not.toBe(false));
    });

    it('compares the losses from the start on, in ascending steps, more than one update among them', () => {
      expect(workload.checkedSteps[0]).toBe(0);
      expect(workload.checkedSteps).toEqual(workload.checkedSteps.toSorted((a, b) => a - b));
      expect(workload.checkedSteps.at(-1)).toBeGreaterThanOrEqual(8);
    });
  },
);
