import { expect, it } from 'vitest';
import type { TrainingSpec } from '../../src-worker/experiment/document';
import { describeMark, withMark } from './run-marks';
import { PLAIN_TRAINING } from '../../src-worker/experiment/defaults';

const slow: TrainingSpec = {
  optimizer: { kind: 'momentum', learningRate: 0.2, beta: 0.9 },
  batchSize: 16,
  epochs: 100,
  ...PLAIN_TRAINING,
  seed: 1,
  classWeights: 'none',
};
const fast: TrainingSpec = { ...slow, optimizer: { kind: 'momentum', learningRate: 0.5, beta: 0.9 } };

it('says which settings changed, and from what to what', () => {
  expect(describeMark({ epoch: 1, from: fast, to: slow })).toBe('rate 0.5 → 0.2');
  expect(describeMark({ epoch: 1, from: fast, to: { ...slow, l2: 0.01 } })).toBe('rate 0.5 → 0.2, L2 0 → 0.01');
});

it('names another optimizer, without the numbers that only one of them has', () => {
  const plain: TrainingSpec = { ...slow, optimizer: { kind: 'sgd', learningRate: 0.2 } };
  expect(describeMark({ epoch: 1, from: slow, to: plain })).toBe('momentum → sgd');
  expect(describeMark({ epoch: 1, from: plain, to: slow })).toBe('sgd → momentum');
});

it('names the weight of a class that changed', () => {
  const weighed: TrainingSpec = { ...slow, classWeights: { cat: 1, dog: 2 } };
  expect(describeMark({ epoch: 1, from: slow, to: weighed })).toBe('class weights none → by class');
  const heavier: TrainingSpec = { ...slow, classWeights: { cat: 1, dog: 3 } };
  expect(describeMark({ epoch: 1, from: weighed, to: heavier })).toBe('weight of dog 2 → 3');
  expect(describeMark({ epoch: 1, from: weighed, to: { ...slow, classWeights: { dog: 2 } } })).toBe('');
  const other: TrainingSpec = { ...slow, classWeights: { cat: 2, dog: 1, emu: 0 } };
  expect(describeMark({ epoch: 1, from: weighed, to: other })).toBe('3 class weights');
});

it('keeps no change where only the epochs grew', () => {
  expect(withMark([], { epoch: 4, from: slow, to: { ...slow, epochs: 200 } })).toEqual([]);
});

it('makes one of the changes at one place, and none where they cancel out', () => {
  const middle: TrainingSpec = { ...slow, optimizer: { kind: 'momentum', learningRate: 0.3, beta: 0.9 } };
  const first = withMark([], { epoch: 4, from: fast, to: middle });
  const both = withMark(first, { epoch: 4, from: middle, to: slow });
  expect(both).toEqual([{ epoch: 4, from: fast, to: slow }]);
  expect(withMark(both, { epoch: 4, from: slow, to: fast })).toEqual([]);
  expect(withMark(both, { epoch: 5, from: slow, to: fast })).toHaveLength(2);
});
