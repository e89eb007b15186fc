import { ProblemError } from '../../problem';
import type { ByteSource } from './content';
import { zipDamage, zipProblems } from './zip-problems';

/** One line of an archive’s table of contents, as it stands there. */
export interface DirectoryRecord {
  readonly name: Uint8Array;
  /** Whether the archive says that the name is UTF-8. */
  readonly unicode: boolean;
  readonly encrypted: boolean;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where the entry’s own header begins. */
  readonly headerAt: number;
  /** File type and permissions where the archive was made on Unix, else 0. */
  readonly unixMode: number;
  /** Where this line stands in the file. */
  readonly recordAt: number;
}

type RangeReader = NonNullable<ByteSource['range']>;

export const MAX_ENTRIES = 100_000;
/** A generous line of the directory: name and extra fields seldom take 300 bytes. */
const MAX_DIRECTORY_BYTES = MAX_ENTRIES * 1_024;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const UNKNOWN_16 = 0xffff;
const UNKNOWN_32 = 0xffffffff;
const MADE_ON_UNIX = 3;

/**
 * Reads the table of contents at the end of a zip file, zip64 included.
 * Source: PKWARE, APPNOTE.TXT 6.3.10, §4.3.12 to 4.3.16 and §4.5.
 *
 * @throws ProblemError where there is none, it contradicts itself or lists more than {@link MAX_ENTRIES}
 */
export async function readDirectory(
  file: string,
  size: number,
  range: RangeReader,
): Promise<readonly DirectoryRecord[]> {
  const { entries, at, bytes, end } = await locate(file, size, range);
  if (entries > MAX_ENTRIES || bytes > MAX_DIRECTORY_BYTES) {
    throw new ProblemError(zipProblems.tooMany(file, entries, MAX_ENTRIES, end));
  }
  if (at + bytes > end) throw zipDamage(file, 'its table of contents reaches beyond its place', end);
  const directory = await readBytes(range, at, at + bytes);
  const records: DirectoryRecord[] = [];
  let offset = 0;
  while (records.length < entries) {
    const record = parseRecord(directory, offset, at, file);
    records.push(record.record);
    offset = record.next;
  }
  if (offset !== bytes) throw zipDamage(file, 'its table of contents is longer than its entries', at + offset);
  return records;
}

async function locate(file: string, size: number, range: RangeReader) {
  const from = Math.max(0, size - END_BYTES - MAX_COMMENT_BYTES);
  const tail = await readBytes(range, from, size);
  const view = viewOf(tail);
  let end = tail.length - END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new ProblemError(zipProblems.noEnd(file, size));
  const endAt = from + end;
  const comment = view.getUint16(end + 20, true);
  if (end + END_BYTES + comment !== tail.length) {
    throw zipDamage(
      file,
      `its last comment should take ${comment} bytes, but ${tail.length - end - END_BYTES} are left`,
      endAt + 20,
    );
  }
  const disk = view.getUint16(end + 4, true);
  const entries = view.getUint16(end + 10, true);
  const bytes = view.getUint32(end + 12, true);
  const at = view.getUint32(end + 16, true);
  if (entries === UNKNOWN_16 || bytes === UNKNOWN_32 || at === UNKNOWN_32) return locate64(file, endAt, range);
  if (disk !== 0) throw new ProblemError(zipProblems.manyDisks(file, endAt + 4));
  return { entries, bytes, at, end: endAt };
}

/** The larger numbers of zip64 stand before the usual end, found through a locator. */
async function locate64(file: string, endAt: number, range: RangeReader) {
  const locatorAt = endAt - 20;
  const locator = viewOf(await readBytes(range, Math.max(0, locatorAt), endAt));
  if (locator.byteLength < 20 || locator.getUint32(0, true) !== 0x07064b50) {
    throw zipDamage(file, 'the end record asks for a zip64 record that is not there', endAt);
  }
  if (locator.getUint32(16, true) > 1) throw new ProblemError(zipProblems.manyDisks(file, locatorAt + 16));
  const recordAt = number64(locator, 8);
  const record = viewOf(
    recordAt + 56 <= locatorAt ? await readBytes(range, recordAt, recordAt + 56) : new Uint8Array(),
  );
  if (record.byteLength < 56 || record.getUint32(0, true) !== 0x06064b50) {
    throw zipDamage(file, 'its zip64 end record is not where it should be', recordAt);
  }
  return { entries: number64(record, 32), bytes: number64(record, 40), at: number64(record, 48), end: recordAt };
}

function parseRecord(directory: Uint8Array, offset: number, directoryAt: number, file: string) {
  const recordAt = directoryAt + offset;
  const view = viewOf(directory);
  if (offset + 46 > directory.length || view.getUint32(offset, true) !== 0x02014b50) {
    throw zipDamage(file, 'its table of contents breaks off', recordAt);
  }
  const u16 = (at: number): number => view.getUint16(offset + at, true);
  const u32 = (at: number): number => view.getUint32(offset + at, true);
  const flags = u16(8);
  const nameEnd = offset + 46 + u16(28);
  const extraEnd = nameEnd + u16(30);
  const next = extraEnd + u16(32);
  if (next > directory.length) throw zipDamage(file, 'an entry of its table of contents is cut off', recordAt);
  const sizes = { bytes: u32(24), packedBytes: u32(20), headerAt: u32(42) };
  const extra = readExtra(directory.subarray(nameEnd, extraEnd), sizes, file, directoryAt + nameEnd);
  const record: DirectoryRecord = {
    name: extra.unicodeName ?? directory.slice(offset + 46, nameEnd),
    unicode: extra.unicodeName !== null || (flags & 0x800) !== 0,
    encrypted: (flags & 0x2041) !== 0,
    method: u16(10),
    crc: u32(16),
    ...extra.sizes,
    unixMode: u16(4) >> 8 === MADE_ON_UNIX ? u16(40) : 0,
    recordAt,
  };
  return { record, next };
}

type Sizes = Pick<DirectoryRecord, 'bytes' | 'packedBytes' | 'headerAt'>;

/** Larger numbers (zip64) and the name in UTF-8, which stand behind an entry’s name. */
function readExtra(extra: Uint8Array, sizes: Sizes, file: string, at: number) {
  const view = viewOf(extra);
  let found = { ...sizes };
  let unicodeName: Uint8Array | null = null;
  let has64 = false;
  for (let offset = 0; offset + 4 <= extra.length;) {
    const id = view.getUint16(offset, true);
    const end = offset + 4 + view.getUint16(offset + 2, true);
    if (end > extra.length) throw zipDamage(file, 'an extra field is longer than its place', at + offset);
    const field = extra.subarray(offset + 4, end);
    if (id === 1 && !has64) {
      found = widen(found, field, file, at + offset);
      has64 = true;
    }
    // Version 1, a checksum of the other name, then the name.
    if (id === 0x7075 && field.length > 5 && field[0] === 1) unicodeName = field.slice(5);
    offset = end;
  }
  const missing = Object.values(sizes).includes(UNKNOWN_32) && !has64;
  if (missing) throw zipDamage(file, 'an entry needs larger numbers (zip64) that are not there', at);
  return { sizes: found, unicodeName };
}

function widen(sizes: Sizes, field: Uint8Array, file: string, at: number): Sizes {
  const view = viewOf(field);
  let offset = 0;
  const next = (value: number): number => {
    if (value !== UNKNOWN_32) return value;
    if (offset + 8 > field.length) throw zipDamage(file, 'an entry lacks one of its larger numbers (zip64)', at);
    offset += 8;
    return number64(view, offset - 8);
  };
  // In this order, each only where its place above says that it is here.
  return { bytes: next(sizes.bytes), packedBytes: next(sizes.packedBytes), headerAt: next(sizes.headerAt) };
}

/** An unsigned 64-bit number; what float64 cannot hold is far beyond every limit anyway. */
function number64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** As many of the bytes from `start` to before `end` as there are; fresh. */
export async function readBytes(range: RangeReader, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  let length = 0;
  for await (const piece of range(start, end)) {
    bytes.set(piece, length);
    length += piece.length;
  }
  return bytes.subarray(0, length);
}
