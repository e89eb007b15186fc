import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { ProblemError } from '../../src-worker/problem';
import { describeReadFailure } from '../file-problems';

/** As many as an archive may hold. */
const MAX_FILES = 100_000;

/**
 * The files of a folder and of those in it, in the order of their names, called `FOLDER/…/file`; null where there is no folder. Links to files are
 * followed, links to folders are not: they may lead in a circle.
 *
 * @throws ProblemError where a folder cannot be read, or holds too many files or none
 */
export async function filesInFolder(path: string): Promise<readonly File[] | null> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return null;
  const name = basename(path);
  const files: File[] = [];
  await collect(path, name, files);
  if (files.length > 0) return files;
  throw new ProblemError({
    code: 'open/empty-folder',
    message: `${path} is a folder without any files in it.`,
    hint: 'Name a folder that holds data, or a file.',
    file: name,
  });
}

async function collect(path: string, name: string, files: File[]): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw new ProblemError(describeReadFailure(path, error));
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const [inner, innerName] = [join(path, entry.name), `${name}/${entry.name}`];
    if (entry.isDirectory()) await collect(inner, innerName, files);
    else if (entry.isFile() || entry.isSymbolicLink()) {
      const found = await stat(inner).catch(() => null);
      if (found?.isFile() === true) files.push(new DiskFile(inner, innerName, found.size));
    }
    if (files.length > MAX_FILES) {
      throw new ProblemError({
        code: 'open/too-many-files',
        message: `${path} and the folders in it hold more than ${MAX_FILES.toLocaleString('en')} files.`,
        hint: 'Name a folder with fewer, or take a part of them.',
        file: name,
      });
    }
  }
}

/** A file that is opened when its bytes are asked for, and not held in memory. */
class DiskFile extends File {
  readonly #path: string;
  readonly #start: number;
  readonly #end: number;

  constructor(path: string, name: string, end: number, start = 0) {
    super([], name);
    this.#path = path;
    this.#start = start;
    this.#end = end;
  }

  override get size(): number {
    return this.#end - this.#start;
  }

  override slice(start = 0, end = this.size): DiskFile {
    const clamp = (at: number): number => Math.min(this.size, Math.max(0, at));
    const from = this.#start + clamp(start);
    return new DiskFile(this.#path, this.name, Math.max(from, this.#start + clamp(end)), from);
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    if (this.size === 0) return new Blob([]).stream();
    const stream = createReadStream(this.#path, { start: this.#start, end: this.#end - 1 });
    return Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return new Response(this.stream()).arrayBuffer();
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer());
  }
}
