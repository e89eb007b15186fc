import { ProblemError, type Problem } from '../../problem';
import { IMAGE_NAME } from '../images';
import type { ByteSource } from './content';
import type { BundleFile, FormatContext, ImagesFile } from './data-format';
import { readAll } from './read-all';

/** A data set of more files than this is one of images, or no data set. */
const MAX_FILES = 1_000;
/** Names under which data usually lie; where some files have such, the others only explain them. */
const DATA_NAME =
  /\.(?:csv|tsv|tab|json|jsonl|ndjson|npy|parquet|xlsx|data|idx|idx\d-ubyte)(?:\.gz)?$|[-.]idx\d-ubyte/i;
/** What Mac and Windows leave behind. */
const REMAINS = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|ehthumbs\.db$|desktop\.ini$|Icon\r$)/i;

/**
 * The files of an archive or a folder as data: images where they are most of them, else whatever is data by its name. What is left out is
 * named.
 *
 * @param kind as in "pets is a folder without …"
 * @param files their names with the folders inside, / between them
 */
export function bundle(
  file: string,
  kind: 'a folder' | 'an archive',
  files: readonly ByteSource[],
  { readInner }: Pick<FormatContext, 'readInner'>,
): BundleFile | ImagesFile {
  const entries = files.filter(({ name }) => !REMAINS.test(name));
  const images = entries.filter(({ name }) => IMAGE_NAME.test(name));
  const named = entries.filter(({ name }) => DATA_NAME.test(name));
  const areImages = images.length > 0 && images.length >= named.length;
  const chosen = areImages ? images : named.length > 0 ? named : entries;
  if (chosen.length === 0) throw new ProblemError(nothingInside(file, kind));
  const others = entries.filter((entry) => !chosen.includes(entry));
  const warnings = others.length === 0 ? [] : [leftOut(file, others)];
  if (areImages) {
    return {
      kind: 'images',
      name: file,
      entries: chosen.map((entry) => ({ name: entry.name, size: entry.size, read: () => readAll(entry) })),
      warnings,
    };
  }
  if (chosen.length > MAX_FILES) throw new ProblemError(tooManyFiles(file, chosen.length));
  return {
    kind: 'bundle',
    name: file,
    entries: chosen.map((entry) => ({
      name: entry.name,
      async read() {
        const data = await readInner({ ...entry, name: `${file}/${entry.name}` });
        // An archive cannot be entered from the middle of another one, and says so before it comes to this.
        if (data.kind === 'bundle' || data.kind === 'images') throw new ProblemError(nothingInside(data.name, kind));
        return data;
      },
    })),
    warnings,
  };
}
function nothingInside(file: string, kind: string): Problem {
  return {
    code: 'bundle/no-data',
    message: `${file} is ${kind} without any data in it.`,
    hint: 'Put a table, an array or folders of images into it.',
    file,
  };
}

function tooManyFiles(file: string, count: number): Problem {
  return {
    code: 'bundle/too-many-files',
    message: `${file} holds ${count.toLocaleString('en')} data files; the app joins up to ${MAX_FILES.toLocaleString('en')}.`,
    hint: 'Join them to fewer files first.',
    file,
  };
}

function leftOut(file: string, others: readonly ByteSource[]): Problem {
  const names = others.slice(0, 5).map(({ name }) => name);
  return {
    code: 'bundle/left-out',
    message: `${others.length === 1 ? 'One file' : `${others.length.toLocaleString('en')} files`} of ${file} ${others.length === 1 ? 'was' : 'were'} left out as no data by name: ${names.join(', ')}${others.length > 5 ? ', …' : ''}.`,
    hint: 'Drop it on its own if it holds data.',
    file,
  };
}
