import { expect, it } from 'vitest';
import { nearestName } from './nearest';

const known = ['dense', 'conv2d', 'max-pool2d', 'learningRate', 'tanh'];

it.each([
  ['Dense', 'dense'],
  ['desne', 'dense'],
  ['dens', 'dense'],
  ['maxPool2d', 'max-pool2d'],
  ['learning_rate', 'learningRate'],
  ['learnigRate', 'learningRate'],
  ['tahn', 'tanh'],
  ['than', null],
  ['banana', null],
  ['', null],
  ['x'.repeat(1000), null],
])('takes %j for %j', (typed, meant) => {
  expect(nearestName(typed, known)).toBe(meant);
});
