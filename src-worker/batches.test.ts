import { describe, expect, it } from 'vitest';
import { batchesPerEpoch, epochOrder } from './batches';

describe('batchesPerEpoch', () => {
  it.each([
    [100, 10, 10],
    [101, 10, 11],
    [5, 10, 1],
    [7, 1, 7],
  ])('cuts %i examples by %i into %i', (examples, batchSize, batches) => {
    expect(batchesPerEpoch(examples, batchSize)).toBe(batches);
  });
});

describe('epochOrder', () => {
  it('visits every example once', () => {
    const order = epochOrder(1, 1, 1000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  it('is the same for the same seed and epoch, and another for any other', () => {
    expect(epochOrder(3, 7, 50)).toEqual(epochOrder(3, 7, 50));
    expect(epochOrder(3, 8, 50)).not.toEqual(epochOrder(3, 7, 50));
    expect(epochOrder(4, 7, 50)).not.toEqual(epochOrder(3, 7, 50));
  });
});
