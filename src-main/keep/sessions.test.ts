import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src-worker/problem';
import type { DesktopApi, ProjectFile } from '../bridge';
import type { FileSystem } from '../durable-write';
import { createServices } from '../services';
import { Downloads } from '../shell-local/downloads';
import { folderPlaces } from '../shell-local/folder-places';
import { noDecoder } from '../testing/decoders';
import { failingAt } from '../testing/failing-file-system';
import { makeMoment, makeParts, makeRun, makeUpdate } from '../testing/sessions';
import { answer } from '../validate';
import type { Claims } from './claims';
import { openKeep } from './keep';

let folder: string;
let claims: Claims;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-sessions-'));
  claims = openKeep(join(folder, 'app')).claims;
});
afterEach(() => rm(folder, { recursive: true }));

/** A window; `gone` is what is seen of it when its page is killed. */
function openWindow(name: string, fileSystem?: FileSystem): DesktopApi & { gone(): Promise<void> } {
  const keep = { ...openKeep(join(folder, 'app'), fileSystem), claims };
  claims.enter(name);
  const services = createServices(folderPlaces(join(folder, 'projects'), new Downloads()), noDecoder, {
    window: name,
    keep,
  });
  return { ...services, gone: () => claims.leave(name) };
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const left = async (window: DesktopApi) => valueOf(await window.beginSession()).left;

describe('the work of a window', () => {
  test('is offered to the next one after it was killed, with every bit', async () => {
    const window = openWindow('a');
    expect(valueOf(await window.beginSession())).toEqual({ own: null, left: [] });
    const files: ProjectFile[] = [{ name: 'penguins.csv', role: 'data', bytes: new Uint8Array([1, 2, 3]) }];
    const data = valueOf(await window.keepData(files));
    expect(valueOf(await window.keepData(files))).toBe(data);
    valueOf(await window.keepSession(makeUpdate({ data })));
    // While the window is there nobody else is offered it.
    expect(await left(openWindow('b'))).toEqual([]);
    await window.gone();

    const next = openWindow('c');
    const [offered] = await left(next);
    expect(offered).toMatchObject({ name: 'penguins', epoch: 2, step: 17, project: null });
    const opened = valueOf(await next.openKeptSession(offered!.handle));
    expect(opened).toEqual({
      ...{ document: makeUpdate().document, name: 'penguins', target: null, withData: false, saved: false },
      ...{ data: files, view: 'Runs', present: makeMoment(), runs: [makeRun()] },
      checkpoints: [{ title: 'the best', moment: makeMoment(9) }],
    });
  });

  test('is written in parts: what is the same is not written again', async () => {
    const window = openWindow('a');
    const first = valueOf(await window.keepSession(makeUpdate()));
    const parts = makeParts(2).slice(0, 1);
    const second = valueOf(await window.keepSession(makeUpdate({ parts, same: ['run-1', 'checkpoint-1'], step: 18 })));
    expect(second.bytes).toBeLessThan(first.bytes);
    await window.gone();
    const next = openWindow('b');
    const opened = valueOf(await next.openKeptSession((await left(next))[0]!.handle));
    expect([opened.present, opened.runs, opened.checkpoints.length]).toEqual([makeMoment(2), [makeRun()], 1]);
    // What counts no more is gone: a head and three parts.
    const [session] = await readdir(join(folder, 'app', 'sessions'));
    expect(await readdir(join(folder, 'app', 'sessions', session!))).toHaveLength(4);
  });

  test('that goes on in a window is forgotten where it came from once all of it is kept there', async () => {
    const window = openWindow('a');
    valueOf(await window.keepSession(makeUpdate()));
    await window.gone();
    const next = openWindow('b');
    const [offered] = await left(next);
    valueOf(await next.openKeptSession(offered!.handle));
    // Taken by this window, so that no other one goes on with it too.
    expect(await left(openWindow('c'))).toEqual([]);
    valueOf(await next.keepSession(makeUpdate({ from: offered!.handle, step: 18 })));
    await next.gone();
    expect((await left(openWindow('d'))).map(({ step }) => step)).toEqual([18]);
  });

  test('that comes in behind the farewell of its window is kept, and leaves no question', async () => {
    const window = openWindow('a');
    valueOf(await window.keepSession(makeUpdate({ step: 17 })));
    valueOf(await window.endSession());
    valueOf(await window.keepSession(makeUpdate({ step: 18 })));
    await window.gone();
    const next = openWindow('b');
    expect(await left(next)).toEqual([]);
    expect(valueOf(await next.listKeptSessions()).map(({ step }) => step)).toEqual([18]);
  });

  test('of another experiment of the window is not written over', async () => {
    const window = openWindow('a');
    valueOf(await window.keepSession(makeUpdate({ step: 100 })));
    valueOf(await window.keepSession(makeUpdate({ experiment: 2, step: 1 })));
    await window.gone();
    const next = openWindow('b');
    expect((await left(next)).map(({ step }) => step)).toEqual([1]);
    expect(
      valueOf(await next.listKeptSessions())
        .map(({ step }) => step)
        .sort(),
    ).toEqual([1, 100]);
  });

  test('of a tab that crashed is not written over by the page that is loaded in its place', async () => {
    const window = openWindow('a');
    valueOf(await window.beginSession());
    valueOf(await window.keepSession(makeUpdate({ step: 100 })));
    await window.gone();
    claims.enter('a');
    expect((await left(window)).map(({ step }) => step)).toEqual([100]);
    // Nobody has said yet whether to go on.
    valueOf(await window.keepSession(makeUpdate({ step: 1 })));
    expect(valueOf(await window.listKeptSessions()).map(({ step }) => step)).toEqual([100]);
  });

  test('of another experiment is let go of only when the next is kept', async () => {
    const counting = failingAt(-1, '');
    valueOf(await openWindow('counting', counting).keepSession(makeUpdate()));
    await rm(join(folder, 'app'), { recursive: true });
    const window = openWindow('a', failingAt(counting.calls.length + 1, 'ENOSPC'));
    valueOf(await window.keepSession(makeUpdate({ step: 100 })));
    expect(await window.keepSession(makeUpdate({ experiment: 2, step: 1 }))).toMatchObject({ ok: false });
    await window.gone();
    expect((await left(openWindow('b'))).map(({ step }) => step)).toEqual([100]);
    expect(await readdir(join(folder, 'app', 'sessions'))).toHaveLength(1);
  });

  test('is not offered after a farewell, but listed; and the window itself finds it when it is loaded again', async () => {
    const window = openWindow('a');
    valueOf(await window.keepSession(makeUpdate()));
    valueOf(await window.endSession());
    expect(valueOf(await window.beginSession())).toMatchObject({ own: { step: 17 }, left: [] });
    const next = openWindow('b');
    expect(valueOf(await next.beginSession())).toEqual({ own: null, left: [] });
    expect(valueOf(await next.listKeptSessions())).toHaveLength(1);
  });

  test('is forgotten at the farewell where a project file holds all of it', async () => {
    const window = openWindow('a');
    const request = { kind: 'project', format: null, suggestedName: '', name: 'mine', replace: false } as const;
    const target = valueOf(await window.chooseSaveTarget(request))!.handle;
    valueOf(await window.keepSession(makeUpdate({ target, saved: true })));
    valueOf(await window.endSession());
    expect(valueOf(await openWindow('b').listKeptSessions())).toEqual([]);
  });

  test('that is set aside is offered no more, and can still be opened', async () => {
    const window = openWindow('a');
    valueOf(await window.keepSession(makeUpdate()));
    await window.gone();
    const next = openWindow('b');
    const [offered] = await left(next);
    valueOf(await next.setSessionAside(offered!.handle));
    expect(await left(next)).toEqual([]);
    expect(valueOf(await next.openKeptSession(offered!.handle)).present).toEqual(makeMoment());
  });

  test('of closed windows is kept for the last ten', async () => {
    for (let n = 0; n < 12; n++) {
      const window = openWindow(`window-${n}`);
      valueOf(await window.keepSession(makeUpdate({ step: n })));
      valueOf(await window.endSession());
    }
    const last = openWindow('last');
    valueOf(await last.beginSession());
    const steps = valueOf(await last.listKeptSessions()).map(({ step }) => step);
    expect(steps).toHaveLength(10);
    expect(Math.min(...steps)).toBe(2);
  });

  test('that is damaged on the disk is said to be, and what is newer is left alone', async () => {
    const window = openWindow('a');
    valueOf(await window.keepSession(makeUpdate()));
    await window.gone();
    const sessions = join(folder, 'app', 'sessions');
    const session = join(sessions, (await readdir(sessions))[0]!);
    const part = join(
      session,
      (await readdir(session)).find((name) => name !== 'head')!,
    );
    const bytes = await readFile(part);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(part, bytes);
    const next = openWindow('b');
    const [offered] = await left(next);
    expect(await next.openKeptSession(offered!.handle)).toMatchObject({ problems: [{ code: 'session/damaged' }] });
    const head = await readFile(join(session, 'head'));
    await writeFile(
      join(session, 'head'),
      head.toString('latin1').replace('layerlab-session 2', 'layerlab-session 3'),
      'latin1',
    );
    expect(await next.openKeptSession(offered!.handle)).toMatchObject({
      problems: [{ code: 'session/newer-version' }],
    });
    expect(await left(openWindow('c'))).toEqual([]);
    await writeFile(join(session, 'head'), head.subarray(0, head.length - 3));
    expect(await left(openWindow('d'))).toEqual([]);
  });

  test('without its data is still there', async () => {
    const window = openWindow('a');
    const data = valueOf(await window.keepData([{ name: 'a.csv', role: 'data', bytes: new Uint8Array(9) }]));
    valueOf(await window.keepSession(makeUpdate({ data })));
    await window.gone();
    await rm(join(folder, 'app', 'data'), { recursive: true });
    const next = openWindow('b');
    expect(valueOf(await next.openKeptSession((await left(next))[0]!.handle))).toMatchObject({ data: [] });
  });
});

test('work that names data which were swept away meanwhile is not taken for kept; with the data sent again it is', async () => {
  const window = openWindow('a');
  const files: ProjectFile[] = [{ name: 'a.csv', role: 'data', bytes: new Uint8Array(9) }];
  const data = valueOf(await window.keepData(files));
  // An hour passes, in which nobody names them, and another window begins.
  const then = new Date(Date.now() - 2 * 60 * 60 * 1000);
  await utimes(join(folder, 'app', 'data', data), then, then);
  await left(openWindow('b'));
  expect(await window.keepSession(makeUpdate({ data }))).toMatchObject({
    problems: [{ code: 'session/data-missing' }],
  });
  expect(valueOf(await window.keepData(files))).toBe(data);
  valueOf(await window.keepSession(makeUpdate({ data })));
  await window.gone();
  const next = openWindow('c');
  expect(valueOf(await next.openKeptSession((await left(next))[0]!.handle))).toMatchObject({
    data: [{ name: 'a.csv' }],
  });
});

describe('a call of the file system that fails', () => {
  test('at each place in turn leaves what was kept before, and is told', async () => {
    const codes = ['ENOSPC', 'EIO', 'EACCES'] as const;
    const counting = failingAt(-1, '');
    const first = openWindow('a', counting);
    valueOf(await first.keepSession(makeUpdate()));
    const calls = counting.calls.length;
    expect(calls).toBeGreaterThan(20);
    for (let nth = 1; nth <= calls; nth++) {
      await rm(join(folder, 'app'), { recursive: true });
      const good = openWindow('good');
      valueOf(await good.keepSession(makeUpdate({ step: 5 })));
      await good.gone();
      const failing = openWindow('failing', failingAt(nth, codes[nth % codes.length]!));
      const [offered] = await left(failing);
      valueOf(await failing.openKeptSession(offered!.handle));
      const kept = await failing.keepSession(makeUpdate({ from: offered!.handle, parts: makeParts(3), step: 6 }));
      await failing.gone();
      const next = openWindow(`next ${nth}`);
      const found = valueOf(await next.listKeptSessions());
      const read = await Promise.all(found.map(({ handle }) => next.openKeptSession(handle)));
      const seeds = read.map((each) => valueOf(each).present).map((moment) => moment?.state.parameters[0]?.values[0]);
      const [old, fresh] = [makeMoment(1), makeMoment(3)].map(({ state }) => state.parameters[0]!.values[0]);
      // A flush of the folder that fails comes after the new state is there whole.
      expect(seeds, `call ${nth} of ${calls}`).toContain(kept.ok ? fresh : old);
      if (!kept.ok) expect(kept.problems[0]).toMatchObject({ code: expect.stringMatching(/^save\//) });
    }
  });
});

test('what the window sends is checked before any of it is used', async () => {
  const window = openWindow('a');
  const moment = makeMoment();
  const wrong = [
    makeUpdate({ data: '../../etc' }),
    makeUpdate({ same: ['../head'] }),
    makeUpdate({ parts: [{ kind: 'run', name: '../x', value: makeRun() }] }),
    makeUpdate({
      parts: [{ kind: 'present', name: 'present', value: { ...moment, curves: { ...moment.curves, count: 9 } } }],
    }),
    { ...makeUpdate(), document: { layers: [] } },
  ];
  for (const update of wrong) {
    expect(await answer(window, 'keepSession', [update])).toMatchObject({
      problems: [{ code: 'bridge/bad-argument' }],
    });
  }
  expect(await window.keepSession(makeUpdate({ same: ['run-7'] }))).toMatchObject({
    problems: [{ code: 'session/unknown-part' }],
  });
  expect(await readdir(folder)).toEqual(['app']);
});
