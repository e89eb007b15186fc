import { describe, expect, it } from 'vitest';
import { disagreement, hasLearnt } from './agreement';

const labels = ['loss', 'loss after 1 step', 'loss after 50 steps'];

describe('disagreement', () => {
  it('lets float32 and float64 differ in the sixth digit', () => {
    const peers = [
      { peer: 'a', proof: [2.302585, 2.2, 0.642316] },
      { peer: 'b', proof: [2.3025851, 2.2000001, 0.6423161] },
      { peer: 'c', proof: [2.302585, 2.2, 0.642319] },
    ];
    expect(disagreement(labels, peers)).toBeNull();
  });

  it('names the step, the distance and every peer where one differs in the fifth digit', () => {
    const peers = [
      { peer: 'a', proof: [2.3, 2.2, 0.64231] },
      { peer: 'b', proof: [2.3, 2.2, 0.64241] },
    ];
    expect(disagreement(labels, peers)).toBe(
      'The loss after 50 steps differs by 1.6e-4, more than 0.00001: a 0.64231000, b 0.64241000.',
    );
  });

  it('finds a wrong start although the end agrees', () => {
    const peers = [
      { peer: 'a', proof: [2.3, 2.2, 0.5] },
      { peer: 'b', proof: [2.4, 2.2, 0.5] },
    ];
    expect(disagreement(labels, peers)).toContain('The loss differs by');
  });

  it.each([NaN, Infinity])('never lets a loss of %s pass, wherever it stands', (broken) => {
    const fine = { peer: 'a', proof: [2.3, 2.2, 0.5] };
    const bad = { peer: 'b', proof: [2.3, broken, 0.5] };
    expect(disagreement(labels, [fine, bad])).toContain(`The loss after 1 step of b is ${broken}`);
    expect(disagreement(labels, [bad, fine])).toContain(`The loss after 1 step of b is ${broken}`);
  });

  it('never lets a missing loss pass', () => {
    expect(disagreement(labels, [{ peer: 'a', proof: [2.3, 2.2] }])).toContain('The loss after 50 steps of a is NaN');
  });
});

describe('hasLearnt', () => {
  it('wants the loss down by a tenth', () => {
    expect(hasLearnt([1, 0.95, 0.89])).toBe(true);
    expect(hasLearnt([1, 0.95, 0.91])).toBe(false);
    expect(hasLearnt([0.7, 0.7, 0.7])).toBe(false);
  });
});
