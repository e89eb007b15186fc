import { crc32 } from './data/formats/crc32';

/** A file of an archive. */
export interface StoredEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** The first version of the format, which knows no compression. */
const VERSION = 10;
const UTF_8_NAMES = 1 << 11;
/** 1 January 1980, the earliest day there is, so that equal entries give equal bytes. */
const NO_DAY = 0x0021;

/**
 * A zip without compression, for where there is no Node: less than 4 GiB in all. Equal entries give equal bytes.
 * Source: PKWARE, APPNOTE 6.3.10, 4.3.
 */
export function storedZip(entries: readonly StoredEntry[]): Uint8Array<ArrayBuffer> {
  const named = entries.map(({ name, bytes }) => ({ name: new TextEncoder().encode(name), bytes, crc: crc32(bytes) }));
  const localBytes = named.reduce((sum, { name, bytes }) => sum + LOCAL_BYTES + name.length + bytes.length, 0);
  const centralBytes = named.reduce((sum, { name }) => sum + CENTRAL_BYTES + name.length, 0);
  const zip = new Uint8Array(localBytes + centralBytes + END_BYTES);
  const view = new DataView(zip.buffer);
  /** What stands alike before each file and in the directory: version, flags, no compression, time, sum and sizes. */
  const describe = (at: number, { name, bytes, crc }: (typeof named)[number]): void => {
    view.setUint16(at, VERSION, true);
    view.setUint16(at + 2, UTF_8_NAMES, true);
    view.setUint16(at + 8, NO_DAY, true);
    view.setUint32(at + 10, crc, true);
    view.setUint32(at + 14, bytes.length, true);
    view.setUint32(at + 18, bytes.length, true);
    view.setUint16(at + 22, name.length, true);
  };
  let at = 0;
  let directory = localBytes;
  for (const entry of named) {
    view.setUint32(directory, CENTRAL_SIGNATURE, true);
    view.setUint16(directory + 4, VERSION, true);
    describe(directory + 6, entry);
    view.setUint32(directory + 42, at, true);
    zip.set(entry.name, directory + CENTRAL_BYTES);
    directory += CENTRAL_BYTES + entry.name.length;

    view.setUint32(at, LOCAL_SIGNATURE, true);
    describe(at + 4, entry);
    zip.set(entry.name, at + LOCAL_BYTES);
    zip.set(entry.bytes, at + LOCAL_BYTES + entry.name.length);
    at += LOCAL_BYTES + entry.name.length + entry.bytes.length;
  }
  view.setUint32(directory, END_SIGNATURE, true);
  view.setUint16(directory + 8, named.length, true);
  view.setUint16(directory + 10, named.length, true);
  view.setUint32(directory + 12, centralBytes, true);
  view.setUint32(directory + 16, localBytes, true);
  return zip;
}
