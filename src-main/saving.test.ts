import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VERSION } from '../src-worker/experiment/defaults';
import type { Outcome } from '../src-worker/problem';
import type { DesktopApi, OpenedProject } from './bridge';
import type { FileSystem } from './durable-write';
import { openKeep } from './keep/keep';
import { decodeVersioned, encodeProject } from './projects';
import { createServices } from './services';
import { Downloads } from './shell-local/downloads';
import { folderPlaces } from './shell-local/folder-places';
import { decoderHere } from './testing/decoders';
import { failingAt } from './testing/failing-file-system';
import { makeModel, makeProject } from './testing/models';
import { writeZip } from './zip';

/** Saving a project through the services, whatever the file system does about it. */

const OLD = fileURLToPath(new URL('testing/old-projects/first-version.layerlab', import.meta.url));
const NAME = 'penguins.layerlab';

let folder: string;
let app: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-saving-'));
  app = await mkdtemp(join(tmpdir(), 'layerlab-saving-app-'));
});
afterEach(() => Promise.all([folder, app].map((path) => rm(path, { recursive: true, force: true }))));

/** The services of a window of its own, as after each start. */
function open(fileSystem?: FileSystem): DesktopApi {
  const keep = openKeep(app);
  keep.claims.enter('window');
  return createServices(folderPlaces(folder, new Downloads()), decoderHere, { window: 'window', keep }, fileSystem);
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

async function openOnly(services: DesktopApi): Promise<OpenedProject> {
  const [listed, ...others] = valueOf(await services.listProjects());
  expect(others).toEqual([]);
  return valueOf(await services.openListedProject(listed!.handle));
}

const read = (name = NAME): Promise<Buffer> => readFile(join(folder, name));
const later = makeProject(makeModel({ seed: 7 }));

/** A save over what `begin` puts there, each of whose calls fails in turn. */
async function failEach(code: string, begin: () => Promise<void>, check: FailureCheck): Promise<number> {
  for (let nth = 1; ; nth++) {
    for (const name of await readdir(folder)) await rm(join(folder, name));
    await begin();
    const before = await read();
    const fileSystem = failingAt(nth, code);
    const services = open(fileSystem);
    const { target } = await openOnly(services);
    const outcome = await services.saveProject(target!.handle, later);
    if (fileSystem.calls.length < nth) return nth - 1;
    const call = fileSystem.calls[nth - 1]!;
    await check({ place: `call ${nth} (${call}) with ${code}`, call, before, outcome });
  }
}

interface Failure {
  readonly place: string;
  readonly call: string;
  readonly before: Buffer;
  readonly outcome: Outcome<unknown>;
}
type FailureCheck = (failure: Failure) => Promise<void>;

/** What is told names the folder, the cause and a way out. */
function expectTold({ place, outcome }: Failure): void {
  const [problem] = outcome.ok ? [] : outcome.problems;
  expect(problem?.code, place).toMatch(/^save\//);
  expect(problem?.message, place).toContain(folder);
  expect(problem?.hint.length, place).toBeGreaterThan(10);
}

async function expectNoLeftOvers({ place }: Failure, allowed: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) expect(allowed, place).toContain(name);
}

const CODES = ['ENOSPC', 'EIO', 'EROFS', 'EPERM'];

describe('a project is saved over', () => {
  const begin = async (): Promise<void> => writeFile(join(folder, NAME), await encodeProject(makeProject()));

  test.each(CODES)(
    'while each call in turn fails with %s: the file stays to the byte, and why is told',
    async (code) => {
      const calls = await failEach(code, begin, async (failure) => {
        const { place, call, before, outcome } = failure;
        const found = await read();
        if (outcome.ok) {
          // Only what a system may lack: links, then a copy is kept, and flushing a folder.
          expect(['link', 'open', 'sync', 'close'], place).toContain(call);
          expect(valueOf(await decodeVersioned(found, NAME)).project, place).toEqual(later);
        } else if (outcome.problems[0]?.code === 'save/unconfirmed') {
          expect(Buffer.compare(found, before), place).not.toBe(0);
        } else {
          expectTold(failure);
          expect(Buffer.compare(found, before), place).toBe(0);
        }
        await expectNoLeftOvers(failure, [NAME, `${NAME}.bak`]);
      });
      expect(calls).toBeGreaterThan(10);
    },
  );

  test.each([
    ['takes a part of each write', (length: number) => Math.max(1, length >> 2), true],
    ['takes nothing', () => 0, false],
    ['says it took more than it did', (length: number) => -Math.max(1, length - 1), false],
  ])('on a disk that %s', async (_what, taken, saves) => {
    await begin();
    const before = await read();
    const whole = failingAt(-1, '');
    const short: FileSystem = {
      ...whole,
      open: async (path, flags, mode) => {
        const file = await whole.open(path, flags, mode);
        return {
          ...file,
          write: async (bytes, offset, length) => {
            const count = taken(length);
            if (count !== 0) await file.write(bytes, offset, Math.abs(count));
            return { bytesWritten: count < 0 ? length : count };
          },
        };
      },
    };
    const services = open(short);
    const { target } = await openOnly(services);
    const outcome = await services.saveProject(target!.handle, later);
    expect(outcome.ok).toBe(saves);
    const found = await read();
    if (saves) expect((await openOnly(services)).project).toEqual(later);
    else expect(Buffer.compare(found, before)).toBe(0);
    expect((await readdir(folder)).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('again once the disk has room', async () => {
    await begin();
    const services = open(failingAt(3, 'ENOSPC'));
    const { target } = await openOnly(services);
    expect(await services.saveProject(target!.handle, later)).toMatchObject({ problems: [{ code: 'save/disk-full' }] });
    valueOf(await services.saveProject(target!.handle, later));
    expect((await openOnly(services)).project).toEqual(later);
  });
});

describe('a project of an older version', () => {
  const KEPT = 'penguins (version 1).layerlab';
  const begin = () => copyFile(OLD, join(folder, NAME));

  test('says so when it is opened, and is kept beside the first save over it, once', async () => {
    await begin();
    const old = await read();
    const services = open();
    const { target, olderVersion, project } = await openOnly(services);
    expect(olderVersion).toBe(1);
    expect(project.document.version).toBe(VERSION);
    expect(valueOf(await services.saveProject(target!.handle, project))).toMatchObject({ kept: KEPT });
    expect(Buffer.compare(await read(KEPT), old)).toBe(0);
    expect(valueOf(await decodeVersioned(await read(), NAME))).toEqual({ project, version: VERSION });
    expect(valueOf(await services.saveProject(target!.handle, later))).toMatchObject({ kept: null });
    expect((await readdir(folder)).sort()).toEqual([KEPT, NAME, `${NAME}.bak`]);
    const next = open();
    const [listed] = valueOf(await next.listProjects()).filter(({ name }) => name === 'penguins');
    expect(valueOf(await next.openListedProject(listed!.handle)).olderVersion).toBeNull();
  });

  test('is kept under another name where that one is taken, and not twice', async () => {
    await begin();
    await writeFile(join(folder, KEPT), 'mine');
    const save = async () => {
      const services = open();
      const [listed] = valueOf(await services.listProjects()).filter(({ name }) => name === 'penguins');
      const { target, project } = valueOf(await services.openListedProject(listed!.handle));
      return valueOf(await services.saveProject(target!.handle, project)).kept;
    };
    expect(await save()).toBe('penguins (version 1, 2).layerlab');
    expect((await read(KEPT)).toString()).toBe('mine');
    await begin();
    expect(await save()).toBe('penguins (version 1, 2).layerlab');
    expect((await readdir(folder)).filter((name) => name.includes('version'))).toHaveLength(2);
  });

  test.each(['ENOSPC', 'EIO'])('while each call fails with %s: it is always there whole', async (code) => {
    const old = await readFile(OLD);
    const calls = await failEach(code, begin, async (failure) => {
      const { place, outcome } = failure;
      const kept = await read(KEPT).catch(() => null);
      expect(kept === null || Buffer.compare(kept, old) === 0, place).toBe(true);
      const found = await read();
      if (outcome.ok || outcome.problems[0]?.code === 'save/unconfirmed') {
        expect(kept === null ? found : kept, place).toEqual(old);
      } else {
        expectTold(failure);
        expect(Buffer.compare(found, old), place).toBe(0);
      }
      await expectNoLeftOvers(failure, [NAME, `${NAME}.bak`, KEPT]);
    });
    expect(calls).toBeGreaterThan(20);
  });

  test('of a newer one is refused unread, with both versions', async () => {
    const parts = { version: 99, data: 'what version 99 means by it' };
    const bytes = new TextEncoder().encode(JSON.stringify({ format: 'layerlab-experiment', ...parts }));
    await writeFile(join(folder, NAME), await writeZip([{ name: 'experiment.json', bytes, compress: true }], NAME));
    const before = await read();
    const services = open();
    const [listed] = valueOf(await services.listProjects());
    const refused = await services.openListedProject(listed!.handle);
    expect(refused).toMatchObject({ problems: [{ code: 'experiment/newer-version', file: NAME }] });
    const said = refused.ok ? '' : refused.problems[0]!.message;
    expect(said).toContain('99');
    expect(said).toContain(String(VERSION));
    expect(Buffer.compare(await read(), before)).toBe(0);
  });
});
