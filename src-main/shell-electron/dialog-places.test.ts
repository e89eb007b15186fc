import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenDialogOptions, SaveDialogOptions } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SaveRequest } from '../bridge';
import { dialogPlaces, type Dialogs } from './dialog-places';
import type { DragOut } from './drag-out';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-dialogs-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Dialogs that answer what the test says, and note what they were asked. */
function answering(...answers: readonly (string | null)[]) {
  const left = [...answers];
  const [saves, opens]: [SaveDialogOptions[], OpenDialogOptions[]] = [[], []];
  const next = (): string | null => left.shift() ?? null;
  const dialogs: Dialogs = {
    save: (options) => {
      saves.push(options);
      const filePath = next();
      return Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' });
    },
    open: (options) => {
      opens.push(options);
      const filePath = next();
      return Promise.resolve({ canceled: filePath === null, filePaths: filePath === null ? [] : [filePath] });
    },
  };
  return { saves, opens, places: dialogPlaces(dialogs, {} as DragOut, '/documents', 'linux') };
}

const request = (change: Partial<SaveRequest>): SaveRequest => ({
  ...{ kind: 'project', format: null, suggestedName: 'mine', name: null, replace: false },
  ...change,
});

test.each([
  [request({}), 'layerlab', 'Save project', 'Layerlab project'],
  [request({ kind: 'export', format: 'onnx' }), 'onnx', 'Export model', 'Model'],
  [request({ kind: 'lesson' }), 'layerlab-lesson', 'Save lesson', 'Layerlab lesson'],
] as const)('the dialog says what is saved: %#', async (asked, extension, title, kind) => {
  const { saves, places } = answering(null);
  expect(await places.chooseSave(asked, extension)).toEqual({ ok: true, value: null });
  expect(saves).toEqual([
    {
      title,
      defaultPath: `/documents/mine.${extension}`,
      filters: [{ name: kind, extensions: [extension] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    },
  ]);
});

test('the next dialog begins where the last one ended, whichever it was, unless that was cancelled', async () => {
  const { saves, opens, places } = answering(join(folder, 'a.layerlab'), null, '/other/b.layerlab', null);
  await places.chooseSave(request({}), 'layerlab');
  await places.chooseProject();
  await places.chooseProject();
  await places.chooseSave(request({}), 'layerlab');
  expect(opens.map(({ defaultPath }) => defaultPath)).toEqual([folder, folder]);
  expect(opens[0]).toMatchObject({ title: 'Open project', properties: ['openFile'] });
  expect(saves.at(-1)?.defaultPath).toBe('/other/mine.layerlab');
});

test('a name whose ending the dialog did not ask about is never written over', async () => {
  await writeFile(join(folder, 'model.onnx'), '');
  const { saves, places } = answering(join(folder, 'model'), join(folder, 'other'));
  const asked = request({ kind: 'export', format: 'onnx' });
  expect(await places.chooseSave(asked, 'onnx')).toMatchObject({ ok: false, problems: [{ code: 'save/exists' }] });
  // Nor is its folder the next one's.
  expect(await places.chooseSave(asked, 'onnx')).toEqual({ ok: true, value: join(folder, 'other.onnx') });
  expect(saves[1]?.defaultPath).toBe('/documents/mine.onnx');
});

test('a suggested name is one that every system takes', async () => {
  const { saves, places } = answering();
  await places.chooseSave(request({ suggestedName: '../..\\con<>:"|?*\u202e' }), 'layerlab');
  const { defaultPath = '' } = saves[0]!;
  expect(defaultPath.startsWith('/documents/')).toBe(true);
  expect(defaultPath.slice('/documents/'.length)).not.toMatch(/[/\\<>:"|?*]/);
});
