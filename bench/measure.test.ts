import { describe, expect, it } from 'vitest';
import type { Runner } from './contract';
import { DisagreementError, measure, type PeakMeter } from './measure';
import { playground } from './workloads/playground';

const options = { rounds: 3, repeats: 5, repeatMs: 200, report: () => undefined };
const platform = { about: 'fake', threads: 1 };

/** Something to time that takes `secondsPerStep`, and writes down what it was asked to do. */
function fakeTimed(name: string, secondsPerStep: number, log: string[]) {
  return {
    calibrate: (targetMs: number) => Promise.resolve(Math.max(1, targetMs / 1000 / secondsPerStep)),
    time: (steps: number, repeats: number) => {
      log.push(`${name} ${repeats} × ${steps}`);
      return Promise.resolve(Array.from({ length: repeats }, () => steps * secondsPerStep));
    },
    close: () => {
      log.push(`${name} closes`);
      return Promise.resolve();
    },
  };
}

function fakeRunner(peer: string, secondsPerStep: number, log: string[], proof = [0.7, 0.69, 0.2]): Runner {
  return {
    ...fakeTimed(peer, secondsPerStep, log),
    peer,
    open: (workload) => {
      log.push(`${peer} opens ${workload}`);
      return Promise.resolve({ title: peer.toUpperCase(), platform });
    },
    prove: () => Promise.resolve(proof),
  };
}

const turnsOf = (log: readonly string[]) => log.filter((line) => line.includes('×'));

describe('measure', () => {
  it('interleaves the rounds, each beginning with the next peer', async () => {
    const log: string[] = [];
    const result = await measure(playground, [fakeRunner('a', 0.001, log), fakeRunner('b', 0.01, log)], [], options);
    expect(turnsOf(log)).toEqual(['a 5 × 200', 'b 5 × 20', 'b 5 × 20', 'a 5 × 200', 'a 5 × 200', 'b 5 × 20']);
    expect(result.peers.map(({ peer }) => peer)).toEqual(['a', 'b']);
    expect(result.peers[0]?.stepsPerSecond.samples).toHaveLength(15);
    expect(result.peers[0]?.stepsPerSecond.median).toBeCloseTo(1000, 9);
    expect(result.peers[1]?.stepsPerSecond.median).toBeCloseTo(100, 9);
    expect(log.slice(-2)).toEqual(['a closes', 'b closes']);
  });

  it('asks of a peer whose step takes seconds five repeats in all', async () => {
    const log: string[] = [];
    const result = await measure(playground, [fakeRunner('a', 0.001, log), fakeRunner('slow', 3, log)], [], options);
    expect(turnsOf(log).filter((line) => line.startsWith('slow'))).toEqual(['slow 1 × 1', 'slow 2 × 1', 'slow 2 × 1']);
    expect(result.peers[1]?.stepsPerSecond.samples).toHaveLength(5);
  });

  it('times the peak of the machine in the same rounds', async () => {
    const log: string[] = [];
    const peak: PeakMeter = { ...fakeTimed('peak', 0.002, log), threads: 2, flops: 3e6 };
    const result = await measure(playground, [fakeRunner('a', 0.001, log)], [peak], options);
    expect(turnsOf(log)).toEqual([
      ...['a 5 × 200', 'peak 5 × 100'],
      ...['peak 5 × 100', 'a 5 × 200'],
      ...['a 5 × 200', 'peak 5 × 100'],
    ]);
    expect(result.peaks[0]?.threads).toBe(2);
    expect(result.peaks[0]?.flopsPerSecond.median).toBeCloseTo(1.5e9, 0);
    expect(log).toContain('peak closes');
  });

  it('goes on without a peer that cannot, and says why', async () => {
    const cannot = { ...fakeRunner('b', 1, []), open: () => Promise.resolve({ cannot: 'it has no such thing' }) };
    const result = await measure(playground, [fakeRunner('a', 0.001, []), cannot], [], options);
    expect(result.peers.map(({ peer }) => peer)).toEqual(['a']);
    expect(result.cannot).toEqual([{ peer: 'b', cannot: 'it has no such thing' }]);
  });

  it('times nothing where the losses differ, and closes all', async () => {
    const log: string[] = [];
    const wrong = fakeRunner('b', 0.01, log, [0.7, 0.69, 0.21]);
    await expect(measure(playground, [fakeRunner('a', 0.001, log), wrong], [], options)).rejects.toThrow(
      DisagreementError,
    );
    expect(turnsOf(log)).toEqual([]);
    expect(log.slice(-2)).toEqual(['a closes', 'b closes']);
  });

  it('times nothing where the losses agree because nobody learns', async () => {
    const log: string[] = [];
    const idle = ['a', 'b'].map((peer) => fakeRunner(peer, 0.001, log, [0.7, 0.7, 0.7]));
    await expect(measure(playground, idle, [], options)).rejects.toThrow('nothing was learnt');
    expect(turnsOf(log)).toEqual([]);
  });

  it('says which peer failed on what', async () => {
    const broken = { ...fakeRunner('b', 0.01, []), open: () => Promise.reject(new Error('No such operation.')) };
    await expect(measure(playground, [broken], [], options)).rejects.toThrow(
      "b failed on 'playground', so nothing was timed. No such operation.",
    );
  });
});
