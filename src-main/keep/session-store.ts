import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Experiment } from '../../src-worker/api';
import { fail, succeed, type Outcome, type Problem } from '../../src-worker/problem';
import { writeDurably, type FileSystem } from '../durable-write';
import { describeWriteFailure } from '../file-problems';
import { readWholeFile } from '../files';
import { decodeMessage, encodeMessage } from '../message-bytes';
import type { StoredPart, SessionKept } from './keep-types';
import { headSchema, partSchema } from './keep-schema';

/** What a session is, and where its parts are. */
export interface SessionHead {
  readonly keptMs: number;
  /** The window in which it was kept. */
  readonly window: string;
  /** It ended with a farewell: nobody is asked about it. */
  readonly closed: boolean;
  readonly document: Experiment;
  readonly epoch: number;
  readonly step: number;
  readonly project: { readonly path: string; readonly withData: boolean; readonly saved: boolean } | null;
  readonly data: string | null;
  readonly view: string;
  readonly checkpoints: readonly { readonly name: string; readonly title: string }[];
  readonly parts: readonly PartPlace[];
}

interface PartPlace {
  readonly name: string;
  /** SHA-256 of its bytes, and the name of its file. */
  readonly hash: string;
}

/**
 * Of what is kept: a session of a newer Layerlab is left alone. Version 2 holds documents of version 2, which an earlier Layerlab would take for damage;
 * the parts of version 1 are read as they are, their documents migrate.
 */
const VERSION = 2;
const HEAD = 'head';
const MAGIC = 'layerlab-session';

/**
 * Sessions on disk, each in a folder of its own: parts under the hash of their content, and a head that names those that count. The parts
 * are written before the head and removed after it, so that at every moment the head that is there is whole with all of its parts.
 */
export class SessionStore {
  readonly #folder: string;
  readonly #fileSystem: FileSystem | undefined;

  constructor(folder: string, fileSystem?: FileSystem) {
    this.#folder = folder;
    this.#fileSystem = fileSystem;
  }

  /**
   * Keeps a session as it is now. Where that fails what was kept before is still there.
   * @param parts those that are new or changed
   * @param same names of those that stay as they were
   */
  async keep(
    id: string,
    head: Omit<SessionHead, 'parts'>,
    parts: readonly StoredPart[],
    same: readonly string[],
  ): Promise<Outcome<SessionKept>> {
    const folder = join(this.#folder, id);
    const before = same.length === 0 ? [] : await this.#partsOf(id);
    const kept = same.map((name) => before.find((part) => part.name === name));
    if (kept.includes(undefined)) return fail(unknownPart);
    try {
      await mkdir(folder, { recursive: true });
      const there = new Set(await readdir(folder));
      const places = kept.filter((place) => place !== undefined);
      let written = 0;
      for (const part of parts) {
        const bytes = encodeMessage(part);
        const hash = hashOf(bytes);
        places.push({ name: part.name, hash });
        if (there.has(hash)) continue;
        const done = await writeDurably(join(folder, hash), bytes, { keepPrevious: false }, this.#fileSystem);
        if (!done.ok) return done;
        written += bytes.length;
      }
      const bytes = encodeHead({ ...head, parts: places });
      const done = await writeDurably(join(folder, HEAD), bytes, { keepPrevious: false }, this.#fileSystem);
      if (!done.ok) return done;
      const counting = new Set([HEAD, ...places.map(({ hash }) => hash)]);
      // What cannot be removed now is removed the next time.
      for (const name of there) if (!counting.has(name)) await unlink(join(folder, name)).catch(() => undefined);
      return succeed({ bytes: written + bytes.length });
    } catch (error) {
      return fail(describeWriteFailure(folder, error));
    }
  }

  /** Every session that is there, by its name, in no order. */
  async list(): Promise<ReadonlyMap<string, SessionHead>> {
    const found = new Map<string, SessionHead>();
    for (const id of await readdir(this.#folder).catch(() => [])) {
      const head = await this.head(id);
      // One that is damaged or newer stays where it is, and is not offered.
      if (head.ok) found.set(id, head.value);
    }
    return found;
  }

  async head(id: string): Promise<Outcome<SessionHead>> {
    const bytes = await readWholeFile(join(this.#folder, id, HEAD));
    return bytes.ok ? decodeHead(bytes.value) : bytes;
  }

  /** All parts, whole and as they were kept. */
  async parts(id: string, { parts }: SessionHead): Promise<Outcome<readonly StoredPart[]>> {
    const found: StoredPart[] = [];
    for (const { hash } of parts) {
      const bytes = await readWholeFile(join(this.#folder, id, hash));
      if (!bytes.ok) return bytes;
      const part = hashOf(bytes.value) === hash ? v.safeParse(partSchema, attempt(bytes.value)) : null;
      if (part?.success !== true) return fail(damaged);
      found.push(part.output);
    }
    return succeed(found);
  }

  /** It is not offered any more, but still there. */
  async close(id: string): Promise<Outcome<null>> {
    const head = await this.head(id);
    if (!head.ok) return head;
    const bytes = encodeHead({ ...head.value, closed: true });
    return writeDurably(join(this.#folder, id, HEAD), bytes, { keepPrevious: false }, this.#fileSystem);
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true }).catch(() => undefined);
  }

  async #partsOf(id: string): Promise<readonly PartPlace[]> {
    const head = await this.head(id);
    return head.ok ? head.value.parts : [];
  }
}

/** `layerlab-session 2 HASH` on a line of its own, then the head. */
function encodeHead(head: SessionHead): Uint8Array {
  const body = encodeMessage(head);
  return Buffer.concat([Buffer.from(`${MAGIC} ${VERSION} ${hashOf(body)}\n`), body]);
}

function decodeHead(bytes: Uint8Array): Outcome<SessionHead> {
  const end = bytes.indexOf(0x0a);
  const [magic, version, hash] = Buffer.from(bytes.subarray(0, Math.max(0, end)))
    .toString('latin1')
    .split(' ');
  if (magic !== MAGIC) return fail(damaged);
  if (Number(version) > VERSION) return fail(newer(Number(version)));
  const body = bytes.subarray(end + 1);
  if (hashOf(body) !== hash) return fail(damaged);
  const parsed = v.safeParse(headSchema, attempt(body));
  return parsed.success ? succeed(parsed.output) : fail(damaged);
}

/** Undefined for bytes that are no message. */
function attempt(bytes: Uint8Array): unknown {
  try {
    return decodeMessage(bytes);
  } catch {
    return undefined;
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const unknownPart: Problem = {
  code: 'session/unknown-part',
  message: 'What was kept of this work before is not there any more.',
  hint: 'All of it is kept again with the next change.',
};

const damaged: Problem = {
  code: 'session/damaged',
  message: 'What was kept of this work is damaged: the disk gives back other bytes than were written.',
  hint: 'Open the project file of it, and check that disk.',
};

const newer = (version: number): Problem => ({
  code: 'session/newer-version',
  message: `This work was kept by a newer Layerlab: it is of version ${version}, and this one reads versions up to ${VERSION}.`,
  hint: 'Open it with that one; nothing was changed.',
});
