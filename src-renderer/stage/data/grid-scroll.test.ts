import { expect, test } from 'vitest';
import { gridTrack, LONGEST_TRACK, topShowing } from './grid-scroll';

test('a short table scrolls pixel by pixel', () => {
  const track = gridTrack(1000, 28, 280);
  expect(track.height).toBe(28_000);
  expect(track.compressed).toBe(false);
  expect(track.rowAt(28)).toBeCloseTo(1, 9);
  expect(track.scrollTopOf(500)).toBeCloseTo(14_000, 6);
});

test('ten million rows have a track that browsers can lay out, with the first and the last row at its ends', () => {
  const track = gridTrack(10_000_000, 28, 560);
  expect(track.height).toBe(LONGEST_TRACK);
  expect(track.compressed).toBe(true);
  expect(track.rowAt(0)).toBe(0);
  expect(track.rowAt(LONGEST_TRACK - 560)).toBeCloseTo(10_000_000 - 20, 3);
  expect(track.rowAt(track.scrollTopOf(7_654_321))).toBeCloseTo(7_654_321, 3);
});

test('a table that fits does not scroll', () => {
  const track = gridTrack(3, 28, 280);
  expect(track.rowAt(50)).toBe(0);
  expect(track.scrollTopOf(2)).toBe(0);
});

test('a row is brought into view by the shortest way', () => {
  expect(topShowing(5, 10, 28, 280)).toBe(5);
  expect(topShowing(12, 10, 28, 280)).toBe(10);
  expect(topShowing(25, 10, 28, 280)).toBe(16);
});
