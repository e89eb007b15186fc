import { describe, expect, it } from 'vitest';
import type { Session } from './contract';
import { calibrate, losses, time } from './stopwatch';

/** A session whose steps take `msPerStep` of a clock that only they move. */
function fakeSession(msPerStep: number) {
  let clock = 0;
  const ran: number[] = [];
  const resets: number[] = [];
  const session: Session = {
    about: 'nothing',
    reset(learningRate) {
      resets.push(learningRate);
      ran.length = 0;
    },
    run(steps) {
      ran.push(steps);
      clock += steps * msPerStep;
    },
    loss: () => 1 / (1 + ran.reduce((total, steps) => total + steps, 0)),
  };
  return { session, ran, resets, now: () => clock };
}

describe('calibrate', () => {
  it.each([
    [0.02, 10_000],
    [10, 20],
    [90, 2],
    [5_000, 1],
  ])('of a step of %d ms asks for %d steps in 200 ms', (msPerStep, expected) => {
    const { session, now } = fakeSession(msPerStep);
    expect(calibrate(session, 200, now)).toBe(expected);
  });
});

describe('time', () => {
  it('warms up with one repeat that is not counted', () => {
    const { session, ran, now } = fakeSession(2);
    expect(time(session, 7, 3, now)).toEqual([14, 14, 14]);
    expect(ran).toEqual([7, 7, 7, 7]);
  });
});

describe('losses', () => {
  it('starts again and stops at every checked step', () => {
    const { session, ran, resets } = fakeSession(1);
    session.run(99);
    expect(losses(session, 0.1, [0, 1, 50])).toEqual([1, 1 / 2, 1 / 51]);
    expect(ran).toEqual([0, 1, 49]);
    expect(resets).toEqual([0.1]);
  });
});
