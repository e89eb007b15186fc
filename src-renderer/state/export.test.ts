import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportFormatInfo, ExportRequest } from '../../src-main/bridge';
import { fail, succeed } from '../../src-worker/problem';
import { openWindow, type OpenWindow } from '../testing/window';

const npz = { id: 'npz', label: 'NPZ', extension: 'npz', takesData: false } as ExportFormatInfo;
const notFinite = {
  code: 'export/not-finite',
  message: 'The array W1 holds values that are no numbers.',
  hint: 'Reset.',
};

let opened: OpenWindow;
beforeAll(async () => {
  opened = await openWindow();
});
afterAll(() => opened.close());

test('who once let weights out that are no numbers is asked again the next time', async () => {
  const { app } = opened;
  const requests: ExportRequest[] = [];
  /** The shell, where every weight is NaN. */
  Object.assign(app.bridge, {
    chooseSaveTarget: () => Promise.resolve(succeed({ handle: 'place', label: 'weights.npz' })),
    stageExport: () => Promise.resolve(succeed('staged')),
    releaseExport: () => Promise.resolve(),
    exportModel: (_target: string, _staged: string, request: ExportRequest) => {
      requests.push(request);
      const file = { label: 'weights.npz', bytes: 9, usage: '', proof: { kind: 'nothing', rows: 0 } };
      return Promise.resolve(request.acceptNonFinite ? succeed(file) : fail(notFinite));
    },
  });
  const request = { format: 'npz', options: {}, acceptNonFinite: true } as const;
  expect(await app.exports.export({ format: npz, request }, 'weights', false)).toBe('saved');
  expect(app.dialogs.current).toBe(null);
  await app.exports.again();
  expect(requests.map(({ acceptNonFinite }) => acceptNonFinite)).toEqual([true, false]);
  expect(app.dialogs.current).toBe('export');
  expect(app.exports.chosen).toBe('npz');
});
