import { afterEach, expect, test, vi } from 'vitest';
import { redrawWithFont } from './theme-colors';

afterEach(() => vi.unstubAllGlobals());

/** A page whose font is there, or on its way. */
function fonts(there: boolean): { readonly come: () => Promise<void>; readonly fail: () => Promise<void> } {
  let settle: { resolve: () => void; reject: (error: Error) => void } | null = null;
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  vi.stubGlobal('document', { fonts: { check: () => there, load: () => promise } });
  const after = async () => {
    await promise.catch(() => undefined);
    await Promise.resolve();
  };
  return {
    come: () => (settle!.resolve(), after()),
    fail: () => (settle!.reject(new Error('no such font')), after()),
  };
}

test('draws again when the font comes, once', async () => {
  const draw = vi.fn();
  const { come } = fonts(false);
  redrawWithFont(draw);
  expect(draw).not.toHaveBeenCalled();
  await come();
  expect(draw).toHaveBeenCalledTimes(1);
});

test('does not draw where the view was left meanwhile, the font was there, or none comes', async () => {
  const draw = vi.fn();
  const late = fonts(false);
  redrawWithFont(draw)();
  await late.come();
  const none = fonts(false);
  redrawWithFont(draw);
  await none.fail();
  const there = fonts(true);
  redrawWithFont(draw);
  await there.come();
  expect(draw).not.toHaveBeenCalled();
});
