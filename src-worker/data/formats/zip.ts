import { ProblemError, type Problem } from '../../problem';
import { isZip, readArchive, type ArchiveEntry } from './archive';
import type { BundleFile, DataFormat } from './data-format';

/** A data set of more files than this is one of images, or no data set. */
const MAX_FILES = 1_000;
/** Names under which data usually lie; where an archive has such files, the others in it only explain them. */
const DATA_NAME =
  /\.(?:csv|tsv|tab|json|jsonl|ndjson|npy|parquet|xlsx|data|idx|idx\d-ubyte)(?:\.gz)?$|[-.]idx\d-ubyte/i;
/** What Mac and Windows leave behind. */
const REMAINS = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

/** Archives of data files, NPZ among them: read as if the files inside had been dropped together. */
export const zip: DataFormat = {
  label: 'Archive (ZIP, NPZ)',

  accepts: isZip,

  async read(content, { readInner }): Promise<BundleFile> {
    const { name: file } = content;
    const entries = (await readArchive(content)).filter(({ name }) => !REMAINS.test(name));
    const named = entries.filter(({ name }) => DATA_NAME.test(name));
    const chosen = named.length > 0 ? named : entries;
    if (chosen.length === 0) throw new ProblemError(nothingInside(file));
    if (chosen.length > MAX_FILES) throw new ProblemError(tooManyFiles(file, chosen.length));
    const others = entries.filter((entry) => !chosen.includes(entry));
    return {
      kind: 'bundle',
      name: file,
      entries: chosen.map((entry) => ({
        name: entry.name,
        async read() {
          const data = await readInner(sourceOf(entry, file));
          // An archive cannot be entered from the middle of another one, and says so before it comes to this.
          if (data.kind === 'bundle') throw new ProblemError(nothingInside(data.name));
          return data;
        },
      })),
      warnings: others.length === 0 ? [] : [leftOut(file, others)],
    };
  },
};

function sourceOf({ name, size, stream }: ArchiveEntry, file: string) {
  return { name: `${file}/${name}`, size, stream, range: null };
}

function nothingInside(file: string): Problem {
  return {
    code: 'zip/no-data',
    message: `${file} is an archive without any data in it.`,
    hint: 'Pack at least one table or array into it.',
    file,
  };
}

function tooManyFiles(file: string, count: number): Problem {
  return {
    code: 'zip/too-many-files',
    message: `${file} holds ${count.toLocaleString('en')} data files; the app joins up to ${MAX_FILES.toLocaleString('en')}.`,
    hint: 'Join them to fewer files first.',
    file,
  };
}

function leftOut(file: string, others: readonly ArchiveEntry[]): Problem {
  const names = others.slice(0, 5).map(({ name }) => name);
  return {
    code: 'zip/left-out',
    message: `${others.length === 1 ? 'One file' : `${others.length.toLocaleString('en')} files`} of ${file} ${others.length === 1 ? 'was' : 'were'} left out as no data by name: ${names.join(', ')}${others.length > 5 ? ', …' : ''}.`,
    hint: 'Drop it on its own if it holds data.',
    file,
  };
}
