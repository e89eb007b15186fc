import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ProblemError, type Problem } from '../../problem';
import { createRandom } from '../../random';
import { concat, zip, type ZipInput } from '../testing/zip';
import { readArchive, type ArchiveEntry } from './archive';
import { openContent, sourceOf } from './content';
import { crc32 } from './crc32';
import { decodeName } from './zip-names';

async function open(bytes: Uint8Array<ArrayBuffer>): Promise<readonly ArchiveEntry[]> {
  return readArchive(await openContent(sourceOf(new File([bytes], 'a.zip'))));
}

async function bytesOf(entry: ArchiveEntry): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of entry.stream()) parts.push(piece);
  return concat(parts);
}

async function problemOf(bytes: Uint8Array<ArrayBuffer>): Promise<Problem> {
  try {
    for (const entry of await open(bytes)) await bytesOf(entry);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!;
    throw error;
  }
  throw new Error('expected a problem');
}

const one = (entry: Partial<ZipInput>): Uint8Array<ArrayBuffer> =>
  zip([{ name: 'a.csv', content: 'x,y\n1,2\n', ...entry }]);

describe('reads', () => {
  test('entries, deflated and stored, byte for byte and more than once', async () => {
    const random = createRandom(1, 'zip');
    const noise = Uint8Array.from({ length: 700_001 }, () => random.integer(256));
    const zeros = new Uint8Array(2 ** 18);
    const inputs = [
      { name: 'folder/', content: '', stored: true },
      { name: 'folder/Kätzchen.bin', content: noise },
      { name: 'zeros', content: zeros },
      { name: 'stored', content: noise, stored: true },
      { name: 'empty', content: '' },
      { name: '__proto__', content: 'a' },
    ];
    const entries = await open(zip(inputs));
    expect(entries.map(({ name }) => name)).toEqual(inputs.slice(1).map(({ name }) => name));
    for (const round of [1, 2]) {
      for (const [index, content] of [noise, zeros, noise].entries()) {
        // Comparing byte by byte with toEqual takes seconds.
        expect(Buffer.compare(await bytesOf(entries[index]!), content), `${round}`).toBe(0);
      }
    }
  });

  test('names that do not say that they are UTF-8', () => {
    const utf8 = new TextEncoder().encode('ü.png');
    expect(decodeName(utf8, false)).toBe('ü.png');
    expect(decodeName(Uint8Array.of(0x81, 0x2e, 0xe1), false)).toBe('ü.ß');
    expect(decodeName(new TextEncoder().encode('a\\b.png'), true)).toBe('a/b.png');
  });
});

describe('refuses', () => {
  test.each([
    ['a wrong checksum', one({ crc: 1 }), 'zip/damaged', 'checksum'],
    ['a wrong checksum of stored bytes', one({ crc: 1, stored: true }), 'zip/damaged', 'checksum'],
    ['an entry that holds more than it says', one({ size: 3 }), 'zip/damaged', 'more than the 3 bytes'],
    ['an entry that holds less than it says', one({ size: 300 }), 'zip/damaged', '8 bytes instead of 300'],
    ['a stored entry of two lengths', one({ size: 300, stored: true }), 'zip/damaged', 'two different lengths'],
    ['a path that climbs', one({ name: '../../evil.csv' }), 'zip/unsafe-name', 'climbs'],
    ['a path that climbs inside', one({ name: 'a/../../evil.csv' }), 'zip/unsafe-name', 'climbs'],
    ['a path that climbs as on Windows', one({ name: '..\\evil.csv' }), 'zip/unsafe-name', 'climbs'],
    ['an absolute path', one({ name: '/etc/passwd' }), 'zip/unsafe-name', 'root'],
    ['a path on a drive', one({ name: 'C:evil.csv' }), 'zip/unsafe-name', 'root'],
    ['a zero in a name', one({ name: 'a\0.csv' }), 'zip/unsafe-name', 'zero'],
    ['a password', one({ flags: 1 }), 'zip/encrypted', 'password'],
    ['a link', one({ unixMode: 0o120777 }), 'zip/link', 'link'],
    [
      'a name twice',
      zip([
        { name: 'a', content: '1' },
        { name: 'a', content: '2' },
      ]),
      'zip/duplicate-name',
      'a twice',
    ],
    ['something appended', concat([one({}), Uint8Array.of(1)]), 'zip/damaged', 'comment'],
    ['a bomb, before it is unpacked', one({ content: new Uint8Array(11 * 2 ** 20) }), 'zip/bomb', '200 times'],
    ['more than 4 GiB, before it is unpacked', huge(), 'zip/too-large', '4 GiB'],
  ])('%s', async (_, bytes, code, words) => {
    const problem = await problemOf(bytes);
    expect(problem).toMatchObject({ code, file: 'a.zip' });
    expect(problem.byteOffset).toBeTypeOf('number');
    expect(problem.message).toContain(words);
  });

  test('an archive cut anywhere', async () => {
    const whole = one({});
    for (let length = 1; length < whole.length; length++) {
      expect((await problemOf(whole.slice(0, length))).code).toMatch(/^zip\//);
    }
  });

  test('entries that share their bytes', async () => {
    const content = new Uint8Array(20_000).map((_, n) => (n * n) % 251);
    const whole = zip(['a', 'b', 'c'].map((name) => ({ name, content })));
    const view = new DataView(whole.buffer);
    const directory = view.getUint32(whole.length - 6, true);
    const packed = view.getUint32(18, true);
    const body = 31 + packed;
    // Three lines that all name the first entry’s bytes, and the other two entries taken out.
    const shared = concat([whole.subarray(0, body), whole.subarray(directory)]);
    const lines = new DataView(shared.buffer);
    for (const line of [0, 1, 2]) lines.setUint32(body + 47 * line + 42, 0, true);
    lines.setUint32(shared.length - 6, body, true);
    expect((await problemOf(shared)).message).toContain('overlap');
  });
});

/** Two entries of 2.5 GiB each by their own words, over enough bytes that their ratio alone does not stop them. */
function huge(): Uint8Array<ArrayBuffer> {
  const bytes = zip(['a', 'b'].map((name) => ({ name, content: '' })));
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(bytes.length - 6, true);
  const packed = 13.5 * 2 ** 20;
  for (const line of [0, 1]) {
    view.setUint32(directory + 47 * line + 20, packed, true);
    view.setUint32(directory + 47 * line + 24, 2.5 * 2 ** 30, true);
  }
  view.setUint32(bytes.length - 6, directory + 2 * packed, true);
  return concat([bytes.subarray(0, directory), new Uint8Array(2 * packed), bytes.subarray(directory)]);
}

test('the checksum is zlib’s', () => {
  const random = createRandom(2, 'crc');
  for (let length = 0; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, () => random.integer(256));
    const cut = random.integer(length + 1);
    expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(zlibCrc32(bytes));
  }
});
