import { describe, expect, it } from 'vitest';
import type { Runner } from './contract';
import { DisagreementError, measure } from './measure';
import { playground } from './workloads/playground';

const options = { rounds: 3, repeats: 5, repeatMs: 200, report: () => undefined };

/** A runner that takes `secondsPerStep` and writes down what it was asked to do. */
function fakeRunner(peer: string, secondsPerStep: number, log: string[], losses = [0.7, 0.69, 0.2]): Runner {
  return {
    peer,
    open: (workload) => {
      log.push(`${peer} opens ${workload}`);
      return Promise.resolve({ title: peer.toUpperCase(), about: 'fake' });
    },
    losses: () => Promise.resolve(losses),
    calibrate: (targetMs) => Promise.resolve(targetMs / 1000 / secondsPerStep),
    time: (steps, repeats) => {
      log.push(`${peer} ${repeats} × ${steps}`);
      return Promise.resolve(Array.from({ length: repeats }, () => steps * secondsPerStep));
    },
    close: () => {
      log.push(`${peer} closes`);
      return Promise.resolve();
    },
  };
}

describe('measure', () => {
  it('interleaves the rounds, each beginning with the next peer', async () => {
    const log: string[] = [];
    const result = await measure(playground, [fakeRunner('a', 0.001, log), fakeRunner('b', 0.01, log)], options);
    const turns = log.filter((line) => line.includes('×'));
    expect(turns).toEqual(['a 5 × 200', 'b 5 × 20', 'b 5 × 20', 'a 5 × 200', 'a 5 × 200', 'b 5 × 20']);
    expect(result.peers.map(({ peer }) => peer)).toEqual(['a', 'b']);
    expect(result.peers[0]?.stepsPerSecond.samples).toHaveLength(15);
    expect(result.peers[0]?.stepsPerSecond.median).toBeCloseTo(1000, 9);
    expect(result.peers[1]?.stepsPerSecond.median).toBeCloseTo(100, 9);
    expect(log.slice(-2)).toEqual(['a closes', 'b closes']);
  });

  it('times nothing where the losses differ', async () => {
    const log: string[] = [];
    const wrong = fakeRunner('b', 0.01, log, [0.7, 0.69, 0.21]);
    await expect(measure(playground, [fakeRunner('a', 0.001, log), wrong], options)).rejects.toThrow(DisagreementError);
    expect(log.filter((line) => line.includes('×'))).toEqual([]);
  });

  it('times nothing where the losses agree because nobody learns', async () => {
    const log: string[] = [];
    const idle = ['a', 'b'].map((peer) => fakeRunner(peer, 0.001, log, [0.7, 0.7, 0.7]));
    await expect(measure(playground, idle, options)).rejects.toThrow('nothing was learnt');
    expect(log.filter((line) => line.includes('×'))).toEqual([]);
  });

  it('says which peer failed on what', async () => {
    const broken = { ...fakeRunner('b', 0.01, []), open: () => Promise.reject(new Error('No such operation.')) };
    await expect(measure(playground, [broken], options)).rejects.toThrow(
      "b failed on 'playground', so nothing was timed. No such operation.",
    );
  });
});
