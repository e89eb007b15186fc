import { describe, expect, it } from 'vitest';
import { factorsOf, products, samplesOf } from './products';

describe.each(products.filter(({ m }) => m === 64))('product $name', (workload) => {
  it('has factors of its size between 0 and 1, the same every time', () => {
    const { a, b } = factorsOf(workload);
    expect([a.length, b.length]).toEqual([workload.m * workload.k, workload.k * workload.n]);
    expect(a.every((value) => value >= 0 && value <= 1) && b.every((value) => value >= 0 && value <= 1)).toBe(true);
    const again = factorsOf(workload);
    expect(again.a.every((value, i) => value === a[i]) && again.b.every((value, i) => value === b[i])).toBe(true);
  });

  it('compares different places of C, its corners among them', () => {
    const samples = samplesOf(workload);
    expect(new Set(samples).size).toBe(16);
    expect(samples[0]).toBe(0);
    expect(Math.max(...samples)).toBeLessThan(workload.m * workload.n);
    expect(new Set(samples.map((index) => index % workload.n)).size).toBe(16);
    expect(new Set(samples.map((index) => Math.floor(index / workload.n))).size).toBe(16);
  });
});
