import { describe, expect, it } from 'vitest';
import { openSession, productSession, trainingSession } from './session';
import { workloadNamed } from './workloads';

const training = { momentum: 0, learningRate: 0.1, timingLearningRate: 1e-6, batchSize: 4 };

describe('trainingSession', () => {
  it('starts again at the real learning rate and stops at every checked step; times at the small one', () => {
    const log: string[] = [];
    let made = 0;
    const session = trainingSession(
      {
        platform: { about: 'nothing', threads: 1 },
        reset(rate) {
          log.push(`reset ${rate}`);
          made = 0;
        },
        run(steps) {
          log.push(`run ${steps}`);
          made += steps;
        },
        loss: () => 1 / (1 + made),
      },
      { training, checkedSteps: [0, 1, 50] },
    );
    session.run(99);
    expect(session.prove()).toEqual([1, 1 / 2, 1 / 51]);
    session.begin();
    expect(log).toEqual(['run 99', 'reset 0.1', 'run 0', 'run 1', 'run 49', 'reset 0.000001']);
  });
});

describe('productSession', () => {
  it('multiplies before it shows numbers, and never makes one up', () => {
    let result: number[] = [];
    const run = () => (result = [1, 2, 3, 4]);
    const session = productSession({ platform: { about: '', threads: 1 }, run, result: () => result }, [0, 3, 4]);
    expect(session.prove()).toEqual([1, 4, NaN]);
  });
});

describe('openSession', () => {
  it('says what a peer leaves out', async () => {
    const idle = { title: 'Idle' };
    expect(await openSession(idle, workloadNamed('playground'), 1)).toEqual({ cannot: 'it trains no networks' });
    expect(await openSession(idle, workloadNamed('NN 64×64×64'), 1)).toEqual({
      cannot: 'it offers no product of its own',
    });
    expect(await openSession(idle, workloadNamed('csv-1m'), 1)).toEqual({ cannot: 'it reads no files' });
  });

  it('passes on why a peer cannot', async () => {
    const cannot = { cannot: 'it has no gradient of that' };
    const peer = { title: 'Almost', train: () => Promise.resolve(cannot), multiply: () => Promise.resolve(cannot) };
    expect(await openSession(peer, workloadNamed('mnist-cnn'), 1)).toBe(cannot);
    expect(await openSession(peer, workloadNamed('NN 64×64×64'), 1)).toBe(cannot);
  });
});
