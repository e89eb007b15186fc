import { describe, expect, it } from 'vitest';
import { loadBuiltKernels } from '../../src-worker/testing/load-kernels';
import { flopsOf } from '../flops';
import { mnistCnn } from '../workloads/mnist-cnn';
import { planar } from '../workloads/planar';
import { playground } from '../workloads/playground';
import { initialWeights } from '../workloads/weights';
import { profile } from './profile';
import { profileReport } from './report';

describe.each([playground, planar, mnistCnn])('the profile of $name', (workload) => {
  it('has every product and convolution of a step, and its parts make the whole', async () => {
    const start = { workload, data: workload.generate(), weights: initialWeights(workload), threads: 1 };
    const { threads, instructions, seconds } = await profile(start, await loadBuiltKernels(), 1);
    expect(threads).toBe(1);
    expect(instructions.reduce((sum, { flops }) => sum + flops, 0)).toBe(flopsOf(workload));
    expect(instructions.filter(({ name }) => name.startsWith('instruction'))).toEqual([]);
    const listed = instructions.reduce((sum, instruction) => sum + instruction.seconds, 0);
    expect(listed).toBeGreaterThan(0);
    expect(listed).toBeLessThanOrEqual(seconds);
  });
});

describe('the report of a profile', () => {
  it('has a line for each instruction, what is around them, and the step', () => {
    const instruction = { name: 'product NT 2 × 3 × 4', flops: 48, divided: true, waits: true, seconds: 1e-6 };
    const report = profileReport('small', [
      { threads: 1, seconds: 4e-6, instructions: [{ ...instruction, seconds: 3e-6 }] },
      { threads: 2, seconds: 2e-6, instructions: [instruction] },
    ]);
    const lines = report.split('\n').map((line) => line.replaceAll(/ +/g, ' '));
    expect(lines).toContain('| product NT 2 × 3 × 4 | all, waits | 3.00 | 75 % | 0.016 | 1.00 | 50 % | 0.048 |');
    expect(lines).toContain('| around them | | 1.00 | 25 % | | 1.00 | 50 % | |');
    expect(lines).toContain('| a step | | 4.00 | 100 % | 0.012 | 2.00 | 100 % | 0.024 |');
  });
});
