import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeDurably, type FileSystem } from './durable-write';
import { failingAt } from './testing/failing-file-system';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-durable-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const old = Buffer.from('the old and good file');
const fresh = Buffer.alloc(3 * (1 << 20) + 17, 'new ');

/** Number of calls of a write that succeeds. */
async function countCalls(path: string, keepPrevious: boolean): Promise<readonly string[]> {
  const counting = failingAt(-1, '');
  await writeFile(path, old);
  expect(await writeDurably(path, fresh, { keepPrevious }, counting)).toEqual({ ok: true, value: null });
  return counting.calls;
}

describe('writeDurably', () => {
  test('creates a file and leaves nothing else', async () => {
    const path = join(folder, 'a.layerlab');
    expect((await writeDurably(path, fresh, { keepPrevious: true })).ok).toBe(true);
    expect((await readFile(path)).equals(fresh)).toBe(true);
    expect(await readdir(folder)).toEqual(['a.layerlab']);
  });

  test('writes an empty file', async () => {
    const path = join(folder, 'empty');
    expect((await writeDurably(path, new Uint8Array(0), { keepPrevious: false })).ok).toBe(true);
    expect((await readFile(path)).length).toBe(0);
  });

  test('keeps the previous file as .bak and replaces an older .bak', async () => {
    const path = join(folder, 'a.layerlab');
    for (const text of ['first', 'second', 'third']) {
      expect((await writeDurably(path, Buffer.from(text), { keepPrevious: true })).ok).toBe(true);
    }
    expect(await readFile(path, 'utf8')).toBe('third');
    expect(await readFile(`${path}.bak`, 'utf8')).toBe('second');
    expect((await readdir(folder)).sort()).toEqual(['a.layerlab', 'a.layerlab.bak']);
  });

  test.each(['ENOSPC', 'EIO', 'EFBIG', 'EPERM', 'EBUSY', 'EACCES'])(
    'whichever call fails with %s, the old file or the whole new one is there and the problem says why',
    async (code) => {
      const path = join(folder, 'a.layerlab');
      const calls = await countCalls(path, true);
      const renameAt = calls.lastIndexOf('rename');
      for (let nth = 1; nth <= calls.length; nth += 1) {
        await rm(`${path}.bak`, { force: true });
        await writeFile(path, old);
        const outcome = await writeDurably(path, fresh, { keepPrevious: true }, failingAt(nth, code));
        const found = await readFile(path);
        const place = `call ${nth} (${calls[nth - 1]})`;
        if (outcome.ok) {
          // Only what a system may lack: hard links (then a copy is kept) and flushing a folder.
          expect(calls[nth - 1] === 'link' || nth - 1 > renameAt, place).toBe(true);
          expect(found.equals(fresh), place).toBe(true);
        } else {
          expect(found.equals(nth - 1 > renameAt ? fresh : old), place).toBe(true);
          expect(outcome.problems[0]?.message, place).toContain(folder);
          expect(outcome.problems[0]?.hint.length, place).toBeGreaterThan(10);
        }
        const left = (await readdir(folder)).filter((name) => name.endsWith('.tmp') || name.includes('.tmp.'));
        expect(left, place).toEqual([]);
      }
    },
  );

  test.each([
    ['ENOSPC', 'save/disk-full', 'the disk is full'],
    ['EACCES', 'save/no-permission', 'you have no permission there'],
    ['EFBIG', 'save/too-big', 'larger than that disk allows'],
    ['EROFS', 'save/read-only', 'the disk is read-only'],
  ])('%s is told as %s', async (code, expected, words) => {
    const path = join(folder, 'a.layerlab');
    await writeFile(path, old);
    const outcome = await writeDurably(path, fresh, { keepPrevious: false }, failingAt(2, code));
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: expected, file: 'a.layerlab' }] });
    expect(outcome.ok ? '' : outcome.problems[0]?.message).toContain(words);
  });

  test('goes on after a short write until every byte is there', async () => {
    const path = join(folder, 'a.layerlab');
    const whole = failingAt(-1, '');
    const short: FileSystem = {
      ...whole,
      open: async (name, flags, mode) => {
        const file = await whole.open(name, flags, mode);
        return { ...file, write: (bytes, offset, length) => file.write(bytes, offset, Math.max(1, length >> 1)) };
      },
    };
    expect((await writeDurably(path, fresh, { keepPrevious: false }, short)).ok).toBe(true);
    expect((await readFile(path)).equals(fresh)).toBe(true);
  });

  test.each([
    ['claims more than it wrote', (length: number) => length - 1],
    ['writes nothing', () => 0],
  ])('a disk that %s never replaces the old file', async (_what, really) => {
    const path = join(folder, 'a.layerlab');
    await writeFile(path, old);
    const whole = failingAt(-1, '');
    const lying: FileSystem = {
      ...whole,
      open: async (name, flags, mode) => {
        const file = await whole.open(name, flags, mode);
        return {
          ...file,
          write: async (bytes, offset, length) => {
            const count = really(length);
            if (count > 0) await file.write(bytes, offset, count);
            return { bytesWritten: count === 0 ? 0 : length };
          },
        };
      },
    };
    const outcome = await writeDurably(path, fresh, { keepPrevious: true }, lying);
    expect(outcome.ok).toBe(false);
    expect((await readFile(path)).equals(old)).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['a.layerlab']);
  });

  test('a missing folder is named', async () => {
    const outcome = await writeDurably(join(folder, 'gone', 'a.layerlab'), fresh, { keepPrevious: false });
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'save/not-found' }] });
    expect(outcome.ok ? '' : outcome.problems[0]?.message).toContain(join(folder, 'gone'));
  });

  test('keeps the permissions of the file it replaces', async () => {
    const path = join(folder, 'private');
    await writeFile(path, old, { mode: 0o600 });
    expect((await writeDurably(path, fresh, { keepPrevious: false })).ok).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});
