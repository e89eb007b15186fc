import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { IpcMainEvent, NativeImage } from 'electron';
import { afterEach, expect, test } from 'vitest';
import { DRAG_CHANNEL } from './channels';
import { DragOut } from './drag-out';

type Quit = () => void;
type Drag = (event: IpcMainEvent, handle: unknown) => void;

/** Electron's app and channel as far as dragging needs them; icons are told by their files. */
function started(icon: (path: string) => Promise<NativeImage> = (path) => Promise.resolve({ path } as never)) {
  const quits: Quit[] = [];
  const drags = new Map<string, Drag>();
  const app = { getFileIcon: icon, on: (_event: 'will-quit', listener: Quit) => void quits.push(listener) };
  const out = new DragOut(app as never);
  out.listen({ on: (channel: string, listener: Drag) => void drags.set(channel, listener) } as never);
  const dragged: { file: string; icon: unknown }[] = [];
  const frame = { url: 'app://layerlab/', parent: null };
  const event = { senderFrame: frame, sender: { startDrag: (item: never) => void dragged.push(item) } };
  const drag = (handle: unknown, senderFrame: unknown = frame) =>
    drags.get(DRAG_CHANNEL)!({ ...event, senderFrame } as never, handle);
  const quit = () => quits.forEach((listener) => listener());
  quitAll.push(quit);
  return { out, drag, dragged, quit };
}

const quitAll: Quit[] = [];
afterEach(() => quitAll.splice(0).forEach((quit) => quit()));

async function handleOf(offered: ReturnType<DragOut['offer']>): Promise<string> {
  const outcome = await offered;
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

test('two files of one name lie beside one another, and each is dragged by its own handle, as often as wanted', async () => {
  const { out, drag, dragged, quit } = started();
  const handles = await Promise.all(
    [1, 2].map((content) => handleOf(out.offer('model.onnx', new Uint8Array([content])))),
  );
  for (const handle of [handles[1], handles[0], handles[1]]) drag(handle);
  const files = dragged.map(({ file }) => file);
  expect(files.map((file) => basename(file))).toEqual(['model.onnx', 'model.onnx', 'model.onnx']);
  expect(new Set(files.map(dirname)).size).toBe(2);
  expect(await Promise.all(files.map(async (file) => [...(await readFile(file))]))).toEqual([[2], [1], [2]]);
  expect(dragged.map(({ icon }) => icon)).toEqual(files.map((path) => ({ path })));
  quit();
  for (const file of files) await expect(readFile(file)).rejects.toThrow('ENOENT');
});

test('nothing but the page drags, and nothing but what was offered', async () => {
  const { out, drag, dragged } = started();
  const handle = await handleOf(out.offer('model.onnx', new Uint8Array([1])));
  const frames = [null, { url: 'https://evil.com/', parent: null }, { url: 'app://layerlab/', parent: {} }];
  for (const frame of frames) drag(handle, frame);
  for (const guess of ['', 'x', 7, null, undefined, { path: '/etc/passwd' }, '__proto__']) drag(guess);
  expect(dragged).toEqual([]);
  drag(handle);
  expect(dragged).toHaveLength(1);
});

test('an app that offered nothing leaves nothing and ends without a word', () => {
  expect(started().quit).not.toThrow();
});
