import type { ProjectFile } from '../../src-main/bridge';
import type { Experiment } from '../../src-worker/api';
import { sourceNames } from '../../src-worker/experiment/file-roles';
import { fail, succeed, type Outcome } from '../../src-worker/problem';
import type { DataFiles } from './experiment.svelte';

/** Whether `files` bear the names that the document's source asks for. */
export function namesMatch({ data }: Experiment, { files, testFiles }: DataFiles): boolean {
  if (!('files' in data.source) || files.length === 0) return false;
  return sameNames(data.source.files, files) && sameNames(data.source.testFiles, testFiles);
}

/** The data that travelled in a project, as if it had been dropped. */
export function filesOf(parts: readonly ProjectFile[]): DataFiles {
  const ofRole = (role: ProjectFile['role']) =>
    parts.filter((part) => part.role === role).map((part) => new File([new Uint8Array(part.bytes)], part.name));
  return { files: ofRole('data'), testFiles: ofRole('test') };
}

/** All bytes of a file that was dropped or chosen; fails where it is no longer there, was changed since, or is a folder. */
export async function bytesOfFile(file: File): Promise<Outcome<Uint8Array>> {
  try {
    return succeed(new Uint8Array(await file.arrayBuffer()));
  } catch {
    // The browser hands out no more than a name for the cause, and refuses a changed file on purpose.
    return fail({
      code: 'window/unreadable',
      message: `${file.name} can no longer be read: it was moved, changed or deleted since, or it is a folder.`,
      hint: 'Drop it on the window again.',
      file: file.name,
    });
  }
}

/** The data as it travels in a project; fails as {@link bytesOfFile}. Files of folders bear the folders before their names. */
export async function bytesOf({ files, testFiles }: DataFiles): Promise<Outcome<readonly ProjectFile[]>> {
  const parts: ProjectFile[] = [];
  for (const file of [...files, ...testFiles]) {
    const bytes = await bytesOfFile(file);
    if (!bytes.ok) return bytes;
    parts.push({ name: file.name, role: files.includes(file) ? 'data' : 'test', bytes: bytes.value });
  }
  return succeed(parts);
}

function sameNames(names: readonly string[], files: readonly File[]): boolean {
  const given = sourceNames(files);
  return names.length === given.length && given.every((name) => names.includes(name));
}
