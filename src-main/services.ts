import { basename } from 'node:path';
import { VERSION } from '../src-worker/experiment/defaults';
import { fail, ProblemError, succeed, type Outcome } from '../src-worker/problem';
import type { Decoder } from './decode/decoder';
import type {
  DesktopApi,
  ExportFormatId,
  FileTarget,
  ListedProject,
  OpenedProject,
  SavedFile,
  SaveKind,
} from './bridge';
import { writeDurably, type FileSystem } from './durable-write';
import { ExportDesk, exportFormats } from './export';
import { LESSON_EXTENSION, PROJECT_EXTENSION, suggestFileName } from './file-names';
import { findFiles, lookAt, readWholeFile } from './files';
import { Handles } from './handles';
import type { Seat } from './keep/keep';
import { ProjectClaims } from './keep/project-claims';
import { sessionsOf } from './keep/window-sessions';
import type { Places } from './places';
import { keepOlder } from './older-projects';
import { encodeProject } from './projects';

/** A path that the person chose, and what may be written there. */
interface Target {
  readonly path: string;
  readonly kind: SaveKind;
  readonly format: ExportFormatId | null;
}

/**
 * The services of the main process, the same in both shells: only where files go differs ({@link Places}). Arguments have
 * been validated (validate.ts). What strangers may have made is read in a process of its own ({@link Decoder}). Bytes go to disk durably; a project's previous save is kept beside it.
 * @param seat of the window that these are for: each has services of its own
 * @param fileSystem for tests, which let its calls fail
 */
export function createServices(places: Places, decoder: Decoder, seat: Seat, fileSystem?: FileSystem): DesktopApi {
  const targets = new Handles<Target>();
  const listed = new Handles<string>();
  const desk = new ExportDesk();
  /** Files that these services wrote, which are of the present version. */
  const saved = new Set<string>();
  const { recent, preferences } = seat.keep;
  const projects = new ProjectClaims(seat.keep.claims, seat.window);

  const label = (path: string): FileTarget['label'] => basename(path);

  async function write(path: string, bytes: Uint8Array, keepPrevious: boolean): Promise<Outcome<SavedFile>> {
    const look = await lookAt(path);
    if (!look.ok) return look;
    const written = await writeDurably(path, bytes, { keepPrevious }, fileSystem);
    return written.ok ? succeed({ label: label(path), bytes: bytes.length }) : written;
  }

  async function open(path: string): Promise<Outcome<OpenedProject>> {
    const bytes = await readWholeFile(path);
    if (!bytes.ok) return bytes;
    const decoded = await decoder.readProject(label(path), bytes.value);
    const name = projectName(path);
    if (!decoded.ok) return openBackup(path, name, decoded, decoder);
    const { project, version } = decoded.value;
    await recent.add(path);
    const inUse = await projects.take(path);
    if (inUse !== null) {
      const caution = { kind: 'in-use', problems: [inUse] } as const;
      return succeed({ project, target: null, name, caution, olderVersion: null });
    }
    const olderVersion = version < VERSION ? version : null;
    return succeed({ project, target: targetAt(path), name, caution: null, olderVersion });
  }

  function targetAt(path: string): FileTarget {
    return { handle: targets.give({ path, kind: 'project', format: null }), label: label(path) };
  }

  async function targetOf(path: string): Promise<FileTarget | null> {
    const look = await lookAt(path);
    const free = look.ok && look.value === 'file' && (await projects.take(path)) === null;
    return free ? targetAt(path) : null;
  }

  return {
    about: () => Promise.resolve(places.about()),

    async chooseSaveTarget(request) {
      const format = request.kind === 'export' ? request.format : null;
      const { kind } = request;
      const own = kind === 'lesson' ? LESSON_EXTENSION : PROJECT_EXTENSION;
      const extension = format === null ? own : exportFormats[format].extension;
      const chosen = await places.chooseSave(request, extension);
      if (!chosen.ok || chosen.value === null) return chosen.ok ? succeed(null) : chosen;
      const path = chosen.value;
      const inUse = kind === 'project' ? await projects.take(path) : null;
      if (inUse !== null) return fail(inUse);
      return succeed({ handle: targets.give({ path, kind, format }), label: label(path) });
    },

    async saveProject(handle, project) {
      const target = targets.get(handle);
      if (target?.kind !== 'project') return unknownHandle();
      const { path } = target;
      return inTurn(path, async () => {
        const bytes = await attempt(() => encodeProject(project));
        if (!bytes.ok) return bytes;
        const kept = saved.has(path)
          ? succeed(null)
          : await keepOlder(path, (name, old) => decoder.readProject(name, old), fileSystem);
        if (!kept.ok) return kept;
        const written = await write(path, bytes.value, true);
        if (!written.ok) return written;
        saved.add(path);
        await recent.add(path);
        return succeed({ ...written.value, kept: kept.value });
      });
    },

    async saveLesson(handle, text) {
      const target = targets.get(handle);
      if (target?.kind !== 'lesson') return unknownHandle();
      return inTurn(target.path, () => write(target.path, new TextEncoder().encode(text), false));
    },

    async chooseProject() {
      const chosen = await places.chooseProject();
      if (!chosen.ok || chosen.value === null) return chosen.ok ? succeed(null) : chosen;
      return open(chosen.value);
    },

    async listProjects() {
      const found = await places.listProjects();
      if (!found.ok) return found;
      const used = await recent.list();
      const there = await findFiles([...new Set([...used, ...found.value].map(({ path }) => path))]);
      const entry = (path: string, modifiedMs: number, missing: boolean): ListedProject => ({
        ...{ handle: listed.give(path), name: projectName(path), modifiedMs, missing },
        recent: used.some((each) => each.path === path),
      });
      const missing = used.filter(({ path }) => !there.some((each) => each.path === path));
      return succeed([
        ...there.map(({ path, modifiedMs }) => entry(path, modifiedMs, false)),
        ...missing.map(({ path, usedMs }) => entry(path, usedMs, true)),
      ]);
    },

    async openListedProject(handle) {
      const path = listed.get(handle);
      return path === null ? unknownHandle() : open(path);
    },

    async forgetProject(handle) {
      const path = listed.get(handle);
      if (path === null) return unknownHandle();
      await recent.forget(path);
      return succeed(null);
    },

    async readProject(name, bytes) {
      const decoded = await decoder.readProject(name, bytes);
      if (!decoded.ok) return decoded;
      const opened = { project: decoded.value.project, target: null, name: projectName(name), caution: null };
      // A file that was dropped is never saved over.
      return succeed({ ...opened, olderVersion: null });
    },

    readModel: (files) => decoder.readModel(files),

    listExportFormats: () =>
      Promise.resolve(
        Object.values(exportFormats).map(
          ({ id, label, group, brief, extension, purpose, options, takesData, proves }) => ({
            ...{ id, label, group, brief, extension, purpose, options, takesData, proves },
          }),
        ),
      ),

    stageExport: (model, proof, data) => Promise.resolve(succeed(desk.stage({ model, proof, data }))),

    releaseExport: (staged) => Promise.resolve(desk.release(staged)),

    async previewExport(staged, request) {
      const encoded = await desk.encode(staged, request);
      if (!encoded.ok) return encoded;
      const { files, content, warnings, usage, proof } = encoded.value;
      return succeed({ files, bytes: content.length, warnings, usage, proof });
    },

    async exportModel(handle, staged, request) {
      const target = targets.get(handle);
      if (target === null || target.format !== request.format) return unknownHandle();
      const encoded = await desk.encode(staged, request);
      if (!encoded.ok) return encoded;
      const { content, proof } = encoded.value;
      const written = await inTurn(target.path, () => write(target.path, content, false));
      if (!written.ok) return written;
      const usage = exportFormats[request.format].usage(written.value.label);
      return succeed({ ...written.value, proof, usage });
    },

    async offerExport(staged, request, name) {
      const read = async (): Promise<Outcome<Uint8Array>> => {
        const encoded = await desk.encode(staged, request);
        return encoded.ok ? succeed(encoded.value.content) : encoded;
      };
      // What cannot be made is said now, not when it is dropped.
      const made = await read();
      if (!made.ok) return made;
      return places.offer(suggestFileName(name, exportFormats[request.format].extension), read);
    },

    decodeTable: (ticket, name, bytes, options) => decoder.decodeTable(ticket, name, bytes, options),

    cancelDecoding: (ticket) => Promise.resolve(decoder.cancel(ticket)),

    readPreferences: async () => succeed(await preferences.read()),
    writePreferences: (chosen) => preferences.write(chosen),

    ...sessionsOf(seat, { pathOf: (handle) => targets.get(handle)?.path ?? null, targetOf }),
  };
}

function projectName(path: string): string {
  return basename(path).replace(new RegExp(`\\.${PROJECT_EXTENSION}$`, 'i'), '');
}

/** The save before, where there is a good one beside a project that cannot be opened. */
async function openBackup(
  path: string,
  name: string,
  failure: Extract<Outcome<never>, { ok: false }>,
  decoder: Decoder,
): Promise<Outcome<OpenedProject>> {
  const backup = `${path}.bak`;
  const look = await lookAt(backup);
  if (!look.ok || look.value === 'nothing') return failure;
  const bytes = await readWholeFile(backup);
  const decoded = bytes.ok ? await decoder.readProject(basename(backup), bytes.value) : bytes;
  if (!decoded.ok) return failure;
  const way = `The save before it, ${basename(backup)}, is whole.`;
  const problems = failure.problems.map((problem) => ({ ...problem, hint: `${problem.hint} ${way}` }));
  const caution = { kind: 'backup', problems } as const;
  return succeed({ project: decoded.value.project, target: null, name, caution, olderVersion: null });
}

function unknownHandle<T>(): Outcome<T> {
  return fail({
    code: 'bridge/unknown-handle',
    message: 'Layerlab no longer knows which file is meant.',
    hint: 'Choose it again, with Save as or Open.',
  });
}

async function attempt<T>(action: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return succeed(await action());
  } catch (error) {
    if (error instanceof ProblemError) return fail(...error.problems);
    throw error;
  }
}

/** Runs actions on the same path one after the other, so that a quick second save never meets the first, of whichever window. */
const inTurn = createQueue();

function createQueue(): <T>(path: string, action: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (path, action) => {
    const done = (last.get(path) ?? Promise.resolve()).then(action, action);
    last.set(path, done);
    const forget = (): void => {
      if (last.get(path) === done) last.delete(path);
    };
    done.then(forget, forget);
    return done;
  };
}
