import { ProblemError } from '../../problem';
import type { Content } from './content';
import { crc32 } from './crc32';
import { InflateError, inflateRaw } from './inflate';
import { readBytes, readDirectory, type DirectoryRecord } from './zip-directory';
import { decodeName, unsafeName } from './zip-names';
import { zipDamage, zipProblems } from './zip-problems';

/** A file in an archive. Folders are no entries; they show in the names. */
export interface ArchiveEntry {
  /** With its folders, / between them: `train/cat/1.png`. Never absolute, never with `..`, unique in its archive. */
  readonly name: string;
  /** Bytes unpacked. */
  readonly size: number;
  /**
   * The unpacked bytes in small pieces that the receiver only reads; may be called again.
   * @throws ProblemError where they are damaged: their CRC-32 and their number are checked against the directory
   */
  stream(): AsyncGenerator<Uint8Array>;
}

type RangeReader = NonNullable<Content['range']>;

const MAX_UNPACKED_BYTES = 2 ** 32;
/** Deflate packs text to about a tenth and digits to a fifth; what shrinks more than this, beyond the free bytes, is a bomb. */
const MAX_RATIO = 200;
const RATIO_FREE_BYTES = 10 * 2 ** 20;

const STORED = 0;
const DEFLATED = 8;
const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;

/** Whether bytes begin like a zip archive, the empty one included. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
}

/**
 * The files of a zip archive in the order of its directory. Nothing is unpacked before an entry is streamed, and nothing is held that
 * an entry gives: memory is that of the names.
 *
 * Everything that the directory gives away is checked before the first entry is handed out: at most 100,000 entries, 4 GiB, 200 times
 * the packed size; no names that climb or repeat, no links, no passwords.
 *
 * @throws ProblemError for an archive that breaks one of these rules or is damaged, with the byte
 */
export async function readArchive(content: Content): Promise<readonly ArchiveEntry[]> {
  const { name: file, size, range } = content;
  if (range === null) {
    throw new ProblemError({
      code: 'zip/nested',
      message: `${file} is an archive inside an archive, which is not opened.`,
      hint: 'Unpack the outer one and drop the inner one.',
      file,
    });
  }
  const records = await readDirectory(file, size, range);
  const names = new Set<string>();
  let packed = 0;
  let unpacked = 0;
  const entries: ArchiveEntry[] = [];
  for (const record of records) {
    const name = decodeName(record.name, record.unicode);
    checkRecord(record, name, file);
    if (names.has(name)) throw new ProblemError(zipProblems.duplicate(file, name, record.recordAt));
    names.add(name);
    packed += record.packedBytes;
    unpacked += record.bytes;
    if (unpacked > MAX_UNPACKED_BYTES) throw new ProblemError(zipProblems.tooLarge(file, record.recordAt));
    // Entries that share their bytes are how a small archive pretends to hold a large one.
    if (packed > size) throw zipDamage(file, 'its entries overlap', record.recordAt);
    if (name.endsWith('/')) continue;
    entries.push({ name, size: record.bytes, stream: () => unpack(record, name, file, size, range) });
  }
  return entries;
}

function checkRecord(record: DirectoryRecord, name: string, file: string): void {
  const { recordAt, method, bytes, packedBytes } = record;
  const unsafe = unsafeName(name);
  if (unsafe !== null) throw new ProblemError(zipProblems.name(file, name, unsafe, recordAt));
  if ((record.unixMode & UNIX_TYPE) === UNIX_LINK) throw new ProblemError(zipProblems.link(file, name, recordAt));
  if (record.encrypted) throw new ProblemError(zipProblems.encrypted(file, name, recordAt));
  if (method !== STORED && method !== DEFLATED) {
    // A folder has no content that could be packed in any way.
    if (name.endsWith('/') && bytes === 0) return;
    throw new ProblemError(zipProblems.method(file, name, method, recordAt));
  }
  if (method === STORED && bytes !== packedBytes) {
    throw zipDamage(file, `${name} is stored as it is, but with two different lengths`, recordAt);
  }
  if (bytes > RATIO_FREE_BYTES && bytes > MAX_RATIO * packedBytes) {
    throw new ProblemError(zipProblems.bomb(file, name, MAX_RATIO, recordAt));
  }
}

async function* unpack(
  record: DirectoryRecord,
  name: string,
  file: string,
  size: number,
  range: RangeReader,
): AsyncGenerator<Uint8Array> {
  const { headerAt, packedBytes, bytes, method } = record;
  const header = await readBytes(range, headerAt, headerAt + 30);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (header.length < 30 || view.getUint32(0, true) !== 0x04034b50) {
    throw zipDamage(file, `${name} does not begin where the table of contents says`, headerAt);
  }
  const start = headerAt + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const end = start + packedBytes;
  if (end > size) throw zipDamage(file, `${name} reaches beyond the end of the archive`, headerAt);
  let length = 0;
  let crc = 0;
  try {
    for await (const piece of method === DEFLATED ? inflateRaw(range(start, end)) : range(start, end)) {
      length += piece.length;
      if (length > bytes)
        throw zipDamage(file, `${name} unpacks to more than the ${bytes} bytes it should have`, start);
      crc = crc32(piece, crc);
      yield piece;
    }
  } catch (error) {
    if (error instanceof InflateError) throw zipDamage(file, `in ${name} ${error.message}`, start + error.consumed);
    throw error;
  }
  if (length < bytes) throw zipDamage(file, `${name} unpacks to ${length} bytes instead of ${bytes}`, start);
  if (crc !== record.crc) throw zipDamage(file, `the checksum of ${name} does not match its content`, start);
}
