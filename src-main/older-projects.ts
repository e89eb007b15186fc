import { basename, dirname, join } from 'node:path';
import { VERSION } from '../src-worker/experiment/defaults';
import { succeed, type Outcome } from '../src-worker/problem';
import { writeDurably, type FileSystem } from './durable-write';
import { PROJECT_EXTENSION } from './file-names';
import { readWholeFile } from './files';
import type { DecodedProject } from './projects';

/** As the decoder reads a project: in a process of its own where there is a window. */
type ReadProject = (name: string, bytes: Uint8Array) => Promise<Outcome<DecodedProject>>;

/** More files of one name and version than this are nobody's. */
const MOST_KEPT = 1_000;

/**
 * Before the first save over a project of an older version, keeps that file beside it under a name of its own, for the Layerlab that wrote it. Later
 * saves find the file to be of the present version.
 * @param path of a project that is about to be saved
 * @param read what tells the version of the file that is there, which anybody may have made
 * @returns the name of the kept file; null where there is nothing to keep. Where it fails, nothing has been changed
 */
export async function keepOlder(
  path: string,
  read: ReadProject,
  fileSystem?: FileSystem,
): Promise<Outcome<string | null>> {
  const bytes = await readWholeFile(path);
  // Nothing is there yet, or what nobody can read: the save itself says so.
  if (!bytes.ok) return succeed(null);
  const decoded = await read(basename(path), bytes.value);
  if (!decoded.ok || decoded.value.version >= VERSION) return succeed(null);
  for (let number = 1; number <= MOST_KEPT; number++) {
    const name = nameOf(path, decoded.value.version, number);
    const there = await readWholeFile(join(dirname(path), name));
    if (there.ok && Buffer.compare(there.value, bytes.value) === 0) return succeed(name);
    const taken = there.ok || there.problems.some(({ code }) => code !== 'open/not-found');
    if (taken) continue;
    const kept = await writeDurably(join(dirname(path), name), bytes.value, { keepPrevious: false }, fileSystem);
    return kept.ok ? succeed(name) : kept;
  }
  return succeed(null);
}

/** `penguins (version 1).layerlab`, then `penguins (version 1, 2).layerlab`. */
function nameOf(path: string, version: number, number: number): string {
  const extension = `.${PROJECT_EXTENSION}`;
  const name = basename(path);
  const stem = name.toLowerCase().endsWith(extension) ? name.slice(0, -extension.length) : name;
  return `${stem} (version ${version}${number === 1 ? '' : `, ${number}`})${extension}`;
}
