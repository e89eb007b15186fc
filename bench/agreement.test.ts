import { describe, expect, it } from 'vitest';
import { disagreement, hasLearnt } from './agreement';

const steps = [0, 1, 50];

describe('disagreement', () => {
  it('lets float32 and float64 differ in the sixth digit', () => {
    const peers = [
      { peer: 'a', losses: [2.302585, 2.2, 0.642316] },
      { peer: 'b', losses: [2.3025851, 2.2000001, 0.6423161] },
      { peer: 'c', losses: [2.302585, 2.2, 0.642319] },
    ];
    expect(disagreement(steps, peers)).toBeNull();
  });

  it('names the step, the distance and every peer where one differs in the fifth digit', () => {
    const peers = [
      { peer: 'a', losses: [2.3, 2.2, 0.64231] },
      { peer: 'b', losses: [2.3, 2.2, 0.64241] },
    ];
    expect(disagreement(steps, peers)).toBe(
      'After 50 steps the losses differ by 1.6e-4, more than 0.00001: a 0.64231000, b 0.64241000.',
    );
  });

  it('finds a wrong start although the end agrees', () => {
    const peers = [
      { peer: 'a', losses: [2.3, 2.2, 0.5] },
      { peer: 'b', losses: [2.4, 2.2, 0.5] },
    ];
    expect(disagreement(steps, peers)).toContain('After 0 steps');
  });

  it.each([NaN, Infinity])('never lets a loss of %s pass, wherever it stands', (broken) => {
    const fine = { peer: 'a', losses: [2.3, 2.2, 0.5] };
    const bad = { peer: 'b', losses: [2.3, broken, 0.5] };
    expect(disagreement(steps, [fine, bad])).toContain(`the loss of b is ${broken}`);
    expect(disagreement(steps, [bad, fine])).toContain(`the loss of b is ${broken}`);
  });

  it('never lets a missing loss pass', () => {
    expect(disagreement(steps, [{ peer: 'a', losses: [2.3, 2.2] }])).toContain('the loss of a is NaN');
  });
});

describe('hasLearnt', () => {
  it('wants the loss down by a tenth', () => {
    expect(hasLearnt({ peer: 'a', losses: [1, 0.95, 0.89] })).toBe(true);
    expect(hasLearnt({ peer: 'a', losses: [1, 0.95, 0.91] })).toBe(false);
    expect(hasLearnt({ peer: 'a', losses: [0.7, 0.7, 0.7] })).toBe(false);
  });
});
