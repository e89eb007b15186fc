import { expect, it } from 'vitest';
import { channelsLast } from './channels-last';

it('brings the channels of every pixel together, row by row', () => {
  // Two images of two channels, 1 × 3: channel 0 is 1 2 3, channel 1 is 4 5 6; the second image is ten times as bright.
  const images = Float32Array.of(1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60);
  expect([...channelsLast(images, [2, 1, 3])]).toEqual([1, 4, 2, 5, 3, 6, 10, 40, 20, 50, 30, 60]);
});
