import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drawingShare, drawn } from './drawing';
import type { Load } from './load';
import type { Pace } from './pace';

let now = 0;
const crowded: Load = { phase: 'training', pace: 'full-speed', info: { threads: 2 } };

/** A window whose every picture takes so long. */
function windowThatPaintsIn(ms: number): void {
  vi.stubGlobal('document', { hidden: false, addEventListener: () => undefined, removeEventListener: () => undefined });
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => {
    // The wait for the screen is nobody's work.
    setTimeout(() => {
      now += 10;
      frame();
      // What a frame's callbacks left is done before the window is painted, and that before the next task.
      let then = Promise.resolve();
      for (let n = 0; n < 10; n++) then = then.then();
      void then.then(() => (now += ms));
    });
    return 1;
  });
}

beforeEach(() => {
  now = 0;
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('what a change costs is what follows from it and the picture that shows it, not the wait between the two', async () => {
  windowThatPaintsIn(7);
  expect(await drawn(() => (now += 3), crowded)).toBe(10);
  // Another core paints.
  expect(await drawn(() => (now += 3), { ...crowded, info: { threads: 1 } })).toBe(3);
});

test('where nobody looks, no picture is waited for', async () => {
  expect(await drawn(() => (now += 3), crowded)).toBe(3);
  vi.stubGlobal('document', { hidden: true });
  expect(await drawn(() => (now += 3), crowded)).toBe(3);
});

test('where every core trains, the window takes less', () => {
  const load = (phase: string, threads: number, pace: Pace = 'full-speed') => ({ phase, pace, info: { threads } });
  const usual = drawingShare(load('training', 1));
  expect(drawingShare(load('training', 2))).toBeLessThan(usual / 4);
  expect(drawingShare(load('training', 2), 1 / 2)).toBe(drawingShare(load('training', 2)));
  expect(drawingShare(load('training', 1), 1 / 2)).toBe(1 / 2);
  expect(drawingShare(load('paused', 2))).toBe(usual);
  expect(drawingShare(load('training', 2, 'watch'))).toBe(usual);
  expect(drawingShare({ ...load('training', 2), info: null })).toBe(usual);
});
