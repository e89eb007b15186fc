import type { ProjectFile } from '../../src-main/bridge';
import type { Experiment } from '../../src-worker/api';
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

/** The data as it travels in a project. */
export async function bytesOf({ files, testFiles }: DataFiles): Promise<readonly ProjectFile[]> {
  const read = (role: ProjectFile['role']) => async (file: File) => ({
    name: file.name,
    role,
    bytes: new Uint8Array(await file.arrayBuffer()),
  });
  return Promise.all([...files.map(read('data')), ...testFiles.map(read('test'))]);
}

function sameNames(names: readonly string[], files: readonly File[]): boolean {
  return names.length === files.length && files.every((file) => names.includes(file.name));
}
