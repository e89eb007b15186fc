import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile as ZipReader } from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';
import { ProblemError } from '../src-worker/problem';

/** What an archive may hold at most; both directions keep to it, so that whatever is written can be read. */
export interface ZipLimits {
  readonly entries: number;
  readonly totalBytes: number;
  /** Above {@link ratioFreeBytes}, an entry that grows more than this is taken for a bomb. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
}

export const ZIP_LIMITS: ZipLimits = { entries: 10_000, totalBytes: 2 ** 30, ratio: 200, ratioFreeBytes: 10 * 2 ** 20 };

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Floats hardly shrink; text does. */
  readonly compress: boolean;
}

const STORED = 0;
const DEFLATED = 8;
const END_RECORD_BYTES = 22;
const END_RECORD_SIGNATURE = Buffer.from([0x50, 0x4b, 5, 6]);
const SIZES_FOLLOW_DATA = 1 << 3;
const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;

/** Earliest time of the format, so that equal contents give equal bytes. */
const NO_TIME = new Date(1980, 0, 1);

/** What the archive is, or is to be, for the words about one that cannot be. */
type ArchiveKind = 'project' | 'model';

interface ArchiveWords {
  readonly code: string;
  readonly noun: string;
  /** What to do about one that is damaged. */
  readonly hint: string;
  /** What to do about one that would be too large. */
  readonly smaller: string;
}

const KINDS: { readonly [K in ArchiveKind]: ArchiveWords } = {
  project: {
    code: 'project',
    noun: 'Layerlab project',
    hint: 'Choose another copy of it.',
    smaller: 'Save it without the data: only their names are kept then.',
  },
  model: {
    code: 'import',
    noun: 'model',
    hint: 'Download or export it again.',
    smaller: 'Leave the optimizer’s state out, or choose a format of a single file.',
  },
};

/**
 * Packs entries in the given order; equal entries give equal bytes.
 * @throws ProblemError if they are more than a reader would take
 */
export async function writeZip(
  entries: readonly ZipEntry[],
  file: string,
  kind: ArchiveKind = 'project',
  limits = ZIP_LIMITS,
): Promise<Uint8Array> {
  const total = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (total > limits.totalBytes || entries.length > limits.entries) {
    throw new ProblemError({
      code: `${KINDS[kind].code}/too-large`,
      message: `${file} would hold ${entries.length} parts of ${megabytes(total)} in all; at most ${megabytes(limits.totalBytes)} in ${limits.entries} parts fit.`,
      hint: KINDS[kind].smaller,
      file,
    });
  }
  const zip = new ZipWriter();
  for (const { name, bytes, compress } of entries) {
    zip.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), name, {
      compress: compress && (await growsModestly(bytes, limits)),
      mtime: NO_TIME,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}

/** Whether the reader's bomb check would let the compressed bytes pass; a table of zeros is stored as it is. */
async function growsModestly(bytes: Uint8Array, limits: ZipLimits): Promise<boolean> {
  if (bytes.length <= limits.ratioFreeBytes) return true;
  return (await promisify(deflateRaw)(bytes)).length * limits.ratio > bytes.length;
}

/** An archive that is being read. */
interface Source {
  readonly file: string;
  readonly kind: ArchiveKind;
}

/**
 * Unpacks every entry, in the order of the archive. Refuses what an honest archive never has: a wrong checksum or size, two
 * equal names, paths that lead out, links, encryption, local headers that contradict the directory, bytes beyond the limits.
 * @throws ProblemError naming the file and what is wrong
 */
export async function readZip(
  bytes: Uint8Array,
  file: string,
  kind: ArchiveKind = 'project',
  limits = ZIP_LIMITS,
): Promise<Map<string, Uint8Array>> {
  const source: Source = { file, kind };
  const found = new Map<string, Uint8Array>();
  if (!hasEndRecord(bytes)) throw cutShort(source, bytes.length);
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      lazyEntries: true,
      strictFileNames: true,
      validateEntrySizes: true,
    });
    if (zip.entryCount > limits.entries) throw damaged(source, `it lists ${zip.entryCount.toLocaleString('en')} parts`);
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      if (total > limits.totalBytes)
        throw damaged(source, `its parts would take more than ${megabytes(limits.totalBytes)}`);
      checkEntry(entry, source, limits);
      if (entry.fileName.endsWith('/')) continue;
      if (found.has(entry.fileName)) throw damaged(source, `it holds ${quoted(entry.fileName)} twice`);
      found.set(entry.fileName, await readEntry(zip, entry, source));
    }
    // A directory that ends early would silently drop entries. (The type of the cursor is declared wrongly: it is an offset.)
    if (zip.comment !== '' || Number(zip.readEntryCursor) !== bytes.length - END_RECORD_BYTES) {
      throw damaged(source, 'its table of contents is not whole');
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    // yauzl and zlib speak of byte signatures; the sense is always that bytes are not what they should be.
    throw damaged(
      source,
      error instanceof Error
        ? `its archive cannot be unpacked (${error.message.replace(/\.+$/, '')})`
        : 'it cannot be unpacked',
    );
  }
  return found;
}

/** Whether the record that ends every archive is there, and whole. */
function hasEndRecord(bytes: Uint8Array): boolean {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(END_RECORD_SIGNATURE);
  return at >= 0 && at + END_RECORD_BYTES <= bytes.length;
}

function checkEntry(entry: Entry, source: Source, limits: ZipLimits): void {
  const name = quoted(entry.fileName);
  if (entry.isEncrypted()) throw damaged(source, `${name} in it is encrypted`);
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw damaged(source, `${name} in it is packed in an unknown way`);
  }
  if (((entry.externalFileAttributes >>> 16) & UNIX_TYPE) === UNIX_LINK)
    throw damaged(source, `${name} in it is a link`);
  const grown = entry.uncompressedSize > limits.ratioFreeBytes;
  if (grown && entry.uncompressedSize > entry.compressedSize * limits.ratio) {
    throw damaged(source, `${name} in it would grow more than ${limits.ratio} times`);
  }
}

async function readEntry(zip: ZipReader, entry: Entry, source: Source): Promise<Uint8Array> {
  const local = await zip.readLocalFileHeaderPromise(entry);
  const sizesKnown = (local.generalPurposeBitFlag & SIZES_FOLLOW_DATA) === 0;
  const agrees =
    local.fileName.equals(entry.fileNameRaw) &&
    local.generalPurposeBitFlag === entry.generalPurposeBitFlag &&
    local.compressionMethod === entry.compressionMethod &&
    (!sizesKnown ||
      (local.crc32 === entry.crc32 &&
        local.compressedSize === entry.compressedSize &&
        local.uncompressedSize === entry.uncompressedSize));
  if (!agrees) throw damaged(source, `${quoted(entry.fileName)} in it contradicts its table of contents`);
  // Out of Node's shared pool, so that it can cross to another process by itself.
  const bytes = new Uint8Array(await buffer(await zip.openReadStreamPromise(entry)));
  if (bytes.length !== entry.uncompressedSize || crc32(bytes) !== entry.crc32) {
    throw damaged(source, `the checksum of ${quoted(entry.fileName)} is wrong`);
  }
  return bytes;
}

function cutShort({ file, kind }: Source, length: number): ProblemError {
  const { code, noun } = KINDS[kind];
  return new ProblemError({
    code: `${code}/cut-short`,
    message: `${file} is not a whole ${noun}: it breaks off at byte ${length.toLocaleString('en')}, before its table of contents.`,
    hint: 'The download or the copy was cut off: copy it again, or open another copy.',
    file,
    byteOffset: length,
  });
}

function damaged({ file, kind }: Source, what: string): ProblemError {
  const { code, noun, hint } = KINDS[kind];
  return new ProblemError({
    code: `${code}/damaged`,
    message: `${file} is damaged or not a ${noun}: ${what}.`,
    hint,
    file,
  });
}

const quoted = (name: string): string => `“${name.slice(0, 100)}”`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
