import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { ProblemError } from '../../../../src-worker/problem';

/** What a workbook's parts may take; see docs/data-formats.md. */
const MAX_PARTS = 10_000;
const MAX_UNPACKED_BYTES = 2 ** 30;
/** Above {@link RATIO_FREE_BYTES}, a part that grows more than this is taken for a bomb. */
const MAX_RATIO = 200;
const RATIO_FREE_BYTES = 10 * 2 ** 20;

const STORED = 0;
const DEFLATED = 8;

/** The parts of an Office file by their names, read one at a time and in pieces. Source: ECMA-376 part 2, Open Packaging Conventions. */
export class OfficePackage {
  private readonly file: string;
  private readonly zip: ZipFile;
  private readonly entries: ReadonlyMap<string, Entry>;
  private unpacked = 0;

  private constructor(file: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.file = file;
    this.zip = zip;
    this.entries = entries;
  }

  /** @throws ProblemError for an archive beyond the limits; Error for damage */
  static async open(file: string, bytes: Uint8Array): Promise<OfficePackage> {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      lazyEntries: true,
      validateEntrySizes: true,
    });
    if (zip.entryCount > MAX_PARTS) throw new Error(`it lists ${zip.entryCount} parts`);
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) {
      const name = partName(entry.fileName);
      if (entries.has(name)) throw new Error(`it holds ${name} twice`);
      entries.set(name, entry);
    }
    return new OfficePackage(file, zip, entries);
  }

  has(part: string): boolean {
    return this.entries.has(partName(part));
  }

  /** The bytes of a part in pieces. Size and checksum are checked at the end, so nothing is to be believed before it. */
  async *read(part: string): AsyncGenerator<Uint8Array> {
    const entry = this.entries.get(partName(part));
    if (entry === undefined) throw new Error(`it lacks ${part}`);
    this.check(entry, part);
    let sum = 0;
    for await (const piece of (await this.zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      sum = crc32(piece, sum);
      yield piece;
    }
    if (sum !== entry.crc32) throw new Error(`the checksum of ${part} is wrong`);
  }

  private check(entry: Entry, part: string): void {
    const { uncompressedSize: size, compressedSize: packed, compressionMethod: method } = entry;
    if (entry.isEncrypted()) {
      throw new ProblemError({
        code: 'xlsx/password',
        message: `${this.file} is protected with a password.`,
        hint: 'Open it in a spreadsheet program and save it without a password.',
        file: this.file,
      });
    }
    if (method !== STORED && method !== DEFLATED) throw new Error(`${part} is packed in an unknown way`);
    this.unpacked += size;
    const bomb = size > RATIO_FREE_BYTES && size > MAX_RATIO * packed;
    if (!bomb && this.unpacked <= MAX_UNPACKED_BYTES) return;
    throw new ProblemError({
      code: 'xlsx/too-large',
      message: `${this.file} unpacks to ${Math.round(size / 2 ** 20).toLocaleString('en')} MiB in ${part}, which is more than the app takes${bomb ? ' from so small a file' : ''}.`,
      hint: 'Take a part of its rows, or save the sheet as CSV.',
      file: this.file,
    });
  }
}

/** Names are compared without regard to case; some writers begin them with a slash or turn the slashes round. */
function partName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}
