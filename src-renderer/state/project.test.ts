import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesktopApi } from '../../src-main/bridge';
import type { FileSystem } from '../../src-main/durable-write';
import { openKeep } from '../../src-main/keep/keep';
import { decodeProject } from '../../src-main/projects';
import { createServices } from '../../src-main/services';
import { Downloads } from '../../src-main/shell-local/downloads';
import { folderPlaces } from '../../src-main/shell-local/folder-places';
import { decoderHere } from '../../src-main/testing/decoders';
import { failingAt } from '../../src-main/testing/failing-file-system';
import type { Experiment, RunState } from '../../src-worker/api';
import { openWindow, type OpenWindow } from '../testing/window';
import type { AppState } from './app.svelte';

/** Saving and opening as a person does it: the state of a whole window over the real services. */

const OLD = fileURLToPath(new URL('../../src-main/testing/old-projects/first-version.layerlab', import.meta.url));

let folder: string;
const windows: OpenWindow[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-window-'));
});
afterEach(async () => {
  for (const window of windows.splice(0).reverse()) window.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(fileSystem?: FileSystem): Promise<AppState> {
  const name = `window-${windows.length}`;
  const keep = openKeep(join(folder, 'app'));
  keep.claims.enter(name);
  const places = folderPlaces(join(folder, 'projects'), new Downloads());
  const services: DesktopApi = createServices(places, decoderHere, { window: name, keep }, fileSystem);
  const window = await openWindow(services);
  windows.push(window);
  return window.app;
}

async function openProject(app: AppState, name: string): Promise<void> {
  const listed = (await app.project.list()).find((each) => each.name === name);
  await app.project.openListed(listed!.handle);
  await app.settled();
  // A document in the middle of a change follows its run.
  await Promise.resolve();
  await app.settled();
}

async function stateOf(app: AppState): Promise<RunState> {
  const taken = await app.trainer.snapshot();
  if (!taken.ok) throw new Error(JSON.stringify(taken.problems));
  return taken.value.state;
}

const withLayers = (layers: Experiment['network']['layers']) => (document: Experiment) => ({
  ...document,
  network: { ...document.network, layers },
});
const file = (name: string): Promise<Buffer> => readFile(join(folder, 'projects', `${name}.layerlab`));

describe('a document that cannot be trained', () => {
  test('is saved with the run before it and opened as it was; undo leads to that run, to the bit', async () => {
    const app = await open();
    await app.step(7);
    const trained = await stateOf(app);
    const { layers } = app.experiment.document.network;
    const pool = { kind: 'max-pool2d', size: 2, stride: 2 } as const;
    app.experiment.edit('Add a pool', withLayers([...layers.slice(0, -1), pool, layers.at(-1)!]));
    await app.settled();
    expect(app.canTrain).toBe(false);
    expect(await app.project.saveAs('half', false, false)).toBe('saved');
    expect(app.project.changed).toBe(false);

    const other = await open();
    await openProject(other, 'half');
    expect(other.experiment.document).toEqual(app.experiment.document);
    expect(other.project.changed).toBe(false);
    expect(other.canTrain).toBe(false);
    expect(other.run.progress?.step).toBe(7);
    other.experiment.undo();
    await other.settled();
    expect(other.experiment.document.network.layers).toEqual(layers);
    expect(await stateOf(other)).toEqual(trained);
    await other.step();
    app.experiment.undo();
    await app.step();
    expect(await stateOf(other)).toEqual(await stateOf(app));
  });

  test('without a single layer and without a run is one too', async () => {
    const app = await open();
    app.experiment.edit('Begin', withLayers([]), { begins: true });
    await app.settled();
    expect(await app.project.saveAs('nothing', false, false)).toBe('saved');
    expect(await decodeProject(await file('nothing'), 'nothing')).toMatchObject({ ok: true, value: { model: null } });
    const other = await open();
    await openProject(other, 'nothing');
    expect(other.experiment.document).toEqual(app.experiment.document);
    expect(other.messages.list).toEqual([]);
  });
});

describe('a project of the first version', () => {
  test('opened without its data keeps its weights through a save', async () => {
    const app = await open();
    const before = await decodeProject(await readFile(OLD), 'old');
    await app.project.openFile('penguins.layerlab', new Uint8Array(await readFile(OLD)), null);
    await app.settled();
    expect(app.canTrain).toBe(false);
    expect(await app.project.saveAs('own', false, false)).toBe('saved');
    expect(await decodeProject(await file('own'), 'own')).toEqual(before);
  });
});

describe('a save that fails', () => {
  test('is told, changes nothing, and the work counts as unsaved until it is', async () => {
    let failing: FileSystem = failingAt(-1, '');
    const fileSystem = new Proxy({} as FileSystem, { get: (_, call: keyof FileSystem) => failing[call] });
    const app = await open(fileSystem);
    await app.step(3);
    expect(await app.project.saveAs('kept', false, false)).toBe('saved');
    const kept = await file('kept');
    await app.step(2);
    for (const [nth, code] of [
      [1, 'EIO'],
      [3, 'ENOSPC'],
      [5, 'EIO'],
      [12, 'EPERM'],
    ] as const) {
      failing = failingAt(nth, code);
      await app.project.save();
      const told = app.messages.list.find(({ title }) => title === 'The project was not saved');
      expect(told?.problems[0]?.hint, `${code} at ${nth}`).not.toBe('');
      expect(told?.problems[0]?.message).toContain('kept.layerlab could not be saved');
      expect(Buffer.compare(await file('kept'), kept)).toBe(0);
      expect(app.project.changed).toBe(true);
      expect(app.project.saving).toBe(false);
      app.messages.dismissAll();
    }
    expect((await readdir(join(folder, 'projects'))).filter((name) => name.includes('tmp'))).toEqual([]);
    failing = failingAt(-1, '');
    await app.project.save();
    expect(app.project.changed).toBe(false);
    expect(Buffer.compare(await file('kept'), kept)).not.toBe(0);
  });
});
