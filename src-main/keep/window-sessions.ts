import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { fail, succeed, type Outcome, type Problem } from '../../src-worker/problem';
import type { FileTarget } from '../bridge';
import { Handles } from '../handles';
import { missingData } from './data-store';
import type { Keep, Seat } from './keep';
import type { ListedSession, OpenedSession, SessionsApi, SessionUpdate } from './keep-types';
import type { SessionHead } from './session-store';

/** Project files as this window knows them. */
export interface ProjectTargets {
  /** Null for an unknown handle. */
  pathOf(handle: string): string | null;
  /** Where a plain Save goes; null where the file is gone or another window has it. */
  targetOf(path: string): Promise<FileTarget | null>;
}

/** Kept work of closed windows; older ones are forgotten. */
const MOST_CLOSED = 10;

/** What keeps the work of one window. */
export function sessionsOf({ window, keep }: Seat, targets: ProjectTargets): SessionsApi {
  const { claims, sessions, data } = keep;
  const handles = new Handles<string>();
  let own: { readonly id: string; readonly experiment: number; readonly saved: boolean } | null = null;
  /** The window has said farewell. What it sent before may still come in behind that. */
  let ended = false;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: a farewell must not meet what is just being kept. */
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const done = last.then(action);
    last = done.catch(() => undefined);
    return done;
  };

  const listed = (id: string, { document, keptMs, epoch, step, project }: SessionHead): ListedSession => ({
    handle: handles.give(id),
    name: document.name,
    ...{ keptMs, epoch, step },
    project: project === null ? null : basename(project.path),
  });

  /** Those that no window has. */
  async function ofTheGone(): Promise<readonly (readonly [string, SessionHead])[]> {
    const found: (readonly [string, SessionHead])[] = [];
    for (const [id, head] of await sessions.list()) {
      if ((await claims.holder(claimOf(id))) === null) found.push([id, head]);
    }
    return found.sort(([, a], [, b]) => b.keptMs - a.keptMs);
  }

  async function forget(id: string): Promise<void> {
    await sessions.remove(id);
    await claims.release(claimOf(id), window);
  }

  /** The work stays in the list, unless a project file holds all of it. */
  async function letGo({ id, saved }: { readonly id: string; readonly saved: boolean }): Promise<Outcome<null>> {
    if (saved) {
      await forget(id);
      return succeed(null);
    }
    const closed = await sessions.close(id);
    await claims.release(claimOf(id), window);
    return closed;
  }

  async function newId(): Promise<string> {
    const id = randomBytes(8).toString('hex');
    await claims.take(claimOf(id), window);
    return id;
  }

  async function keepNow(update: SessionUpdate): Promise<Outcome<{ readonly bytes: number }>> {
    const { target, withData, saved, parts, same, experiment, from, ...shown } = update;
    const path = target === null ? null : targets.pathOf(target);
    if (target !== null && path === null) return fail(unknownTarget);
    // A window that did not change for long may name what nobody named in the meantime.
    if (update.data !== null && !(await data.holds(update.data))) return fail(missingData);
    // Of another experiment: what was worked at until then is not written over, and not let go of before this is kept.
    const other = own !== null && own.experiment !== experiment ? own : null;
    const id = own === null || other !== null ? await newId() : own.id;
    const project = path === null ? null : { path, withData, saved };
    const head = { ...shown, project, window, keptMs: Date.now(), closed: false };
    const kept = await sessions.keep(id, head, parts, same);
    if (!kept.ok) {
      if (own?.id !== id) await forget(id);
      return kept;
    }
    own = { id, experiment, saved };
    if (other !== null) await letGo(other);
    if (ended) await letGo(own);
    const source = from === null ? null : handles.get(from);
    if (source !== null && source !== id) await forget(source);
    return kept;
  }

  return {
    beginSession: () =>
      inTurn(async () => {
        // The page begins anew, however the one before it ended: what a crashed tab had kept is not written over by the next.
        own = null;
        ended = false;
        const gone = await ofTheGone();
        const closed = gone.filter(([, head]) => head.closed);
        const mine = closed.find(([, head]) => head.window === window);
        for (const [id] of closed.slice(MOST_CLOSED)) await sessions.remove(id);
        const all = await sessions.list();
        await data.sweep(new Set([...all.values()].flatMap((head) => head.data ?? [])));
        return succeed({
          own: mine === undefined ? null : listed(...mine),
          left: gone.filter(([, head]) => !head.closed).map(([id, head]) => listed(id, head)),
        });
      }),

    keepData: (files) => data.keep(files),

    keepSession: (update) => inTurn(() => keepNow(update)),

    endSession: () =>
      inTurn(async () => {
        if (ended) return succeed(null);
        ended = true;
        return own === null ? succeed(null) : letGo(own);
      }),

    listKeptSessions: () => inTurn(async () => succeed((await ofTheGone()).map(([id, head]) => listed(id, head)))),

    openKeptSession: (handle) =>
      inTurn(async (): Promise<Outcome<OpenedSession>> => {
        const id = handles.get(handle);
        if (id === null) return fail(unknownSession);
        if ((await claims.take(claimOf(id), window)) !== null) return fail(takenSession);
        const opened = await read(id, keep, targets);
        if (!opened.ok) await claims.release(claimOf(id), window);
        return opened;
      }),

    setSessionAside: (handle) =>
      inTurn(async () => {
        const id = handles.get(handle);
        return id === null ? fail(unknownSession) : sessions.close(id);
      }),
  };
}

async function read(id: string, { sessions, data }: Keep, targets: ProjectTargets): Promise<Outcome<OpenedSession>> {
  const head = await sessions.head(id);
  if (!head.ok) return head;
  const parts = await sessions.parts(id, head.value);
  if (!parts.ok) return parts;
  const { document, project, view, checkpoints, data: hash } = head.value;
  const files = hash === null ? succeed([]) : await data.read(hash);
  const moments = new Map(
    parts.value.flatMap((part) => (part.kind === 'run' ? [] : [[part.name, part.value] as const])),
  );
  return succeed({
    ...{ document, view, name: document.name },
    target: project === null ? null : await targets.targetOf(project.path),
    withData: project?.withData ?? false,
    saved: project?.saved ?? false,
    // Without its data the work is still there, and says which files it needs.
    data: files.ok ? files.value : [],
    present: moments.get('present') ?? null,
    runs: parts.value.flatMap((part) => (part.kind === 'run' ? [part.value] : [])),
    checkpoints: checkpoints.flatMap(({ name, title }) => {
      const moment = moments.get(name);
      return moment === undefined ? [] : [{ title, moment }];
    }),
  });
}

const claimOf = (id: string): string => `session-${id}`;

const unknownTarget: Problem = {
  code: 'bridge/unknown-handle',
  message: 'Layerlab no longer knows which project file is meant.',
  hint: 'Save it again, with Save as.',
};

const unknownSession: Problem = {
  code: 'session/unknown',
  message: 'That work is not kept any more.',
  hint: 'Look for it among the saved projects.',
};

const takenSession: Problem = {
  code: 'session/taken',
  message: 'Another window has opened that work.',
  hint: 'Go on in that window.',
};
