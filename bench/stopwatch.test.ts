import { describe, expect, it } from 'vitest';
import type { Session } from './contract';
import { calibrate, time } from './stopwatch';

/** A session whose steps take `msPerStep` of a clock that only they move. */
function fakeSession(msPerStep: number) {
  let clock = 0;
  const ran: number[] = [];
  const session: Session = {
    platform: { about: 'nothing', threads: 1 },
    prove: () => [],
    begin: () => void ran.push(0),
    run(steps) {
      ran.push(steps);
      clock += steps * msPerStep;
    },
  };
  return { session, ran, now: () => clock };
}

describe('calibrate', () => {
  it.each([
    [0.02, 10_000],
    [10, 20],
    [90, 2],
    [5_000, 1],
  ])('of a step of %d ms asks for %d steps in 200 ms', async (msPerStep, expected) => {
    const { session, ran, now } = fakeSession(msPerStep);
    expect(await calibrate(session, 200, now)).toBe(expected);
    expect(ran[0], 'it begins anew').toBe(0);
  });
});

describe('time', () => {
  it('warms up with one repeat that is not counted', async () => {
    const { session, ran, now } = fakeSession(2);
    expect(await time(session, 7, 3, now)).toEqual([14, 14, 14]);
    expect(ran).toEqual([7, 7, 7, 7]);
  });
});
