import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Claims } from './claims';
import { identify } from './process-life';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-claims-'));
});
afterEach(() => rm(folder, { recursive: true }));

function claimsWith(...windows: readonly string[]): Claims {
  const claims = new Claims(folder);
  for (const window of windows) claims.enter(window);
  return claims;
}

test('what one window has another does not get, until it is gone', async () => {
  const claims = claimsWith('a', 'b');
  expect(await claims.take('it', 'a')).toBeNull();
  expect(await claims.take('it', 'a')).toBeNull();
  expect(await claims.take('it', 'b')).toMatchObject({ pid: process.pid, window: 'a' });
  expect(await claims.holder('it')).toMatchObject({ window: 'a' });
  await claims.leave('a');
  expect(await claims.holder('it')).toBeNull();
  expect(await claims.take('it', 'b')).toBeNull();
  await claims.release('it', 'a');
  expect(await claims.holder('it')).toMatchObject({ window: 'b' });
  await claims.release('it', 'b');
  expect(await readdir(folder)).toEqual([]);
});

test('a window enters once, and again when it has left', async () => {
  const claims = claimsWith('a');
  expect(claims.enter('a')).toBe(false);
  await claims.leave('a');
  expect(claims.enter('a')).toBe(true);
});

test('a claim of a process that is gone, or that is another one of the same number, holds nobody up', async () => {
  const { began } = await identify(process.pid);
  const dead = [
    { pid: 2 ** 22 + 1, began, window: 'x' },
    { pid: process.ppid, began: 'another boot 1', window: 'x' },
    // Ours, of a window that is gone.
    { pid: process.pid, began, window: 'x' },
  ];
  for (const claimant of dead) {
    await writeFile(join(folder, 'it.claim'), JSON.stringify(claimant));
    const claims = claimsWith('a');
    expect(await claims.holder('it')).toBeNull();
    expect(await claims.take('it', 'a')).toBeNull();
  }
});

test('a claim of another living process counts', async () => {
  const other = { ...(await identify(process.ppid)), window: 'x' };
  await writeFile(join(folder, 'it.claim'), JSON.stringify(other));
  expect(await claimsWith('a').take('it', 'a')).toEqual(other);
});

test('what is no claim, as a power cut leaves it, holds nobody up', async () => {
  for (const text of ['', '{"pid":', '[]', '{"pid":"1","window":"a"}']) {
    await writeFile(join(folder, 'it.claim'), text);
    expect(await claimsWith('a').take('it', 'a')).toBeNull();
  }
});

test('of many who want it at once, one gets it', async () => {
  for (let round = 0; round < 20; round++) {
    await writeFile(join(folder, `${round}.claim`), JSON.stringify({ pid: 2 ** 22 + 1, began: 'x', window: 'x' }));
    const windows = Array.from({ length: 8 }, (_, i) => `window-${i}`);
    // Each of its own, as processes are: only the files are shared.
    const all = windows.map((window) => claimsWith(...windows).take(String(round), window));
    const taken = await Promise.all(all);
    expect(taken.filter((holder) => holder === null)).toHaveLength(1);
  }
  expect((await readdir(folder)).every((name) => name.endsWith('.claim'))).toBe(true);
});

test('a lock whose holder was killed while it took a dead claim away holds nobody up', async () => {
  await writeFile(join(folder, 'mine.claim'), JSON.stringify({ pid: 2 ** 22 + 1, began: 'x', window: 'x' }));
  await writeFile(join(folder, 'mine.claim.lock'), '');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(join(folder, 'mine.claim.lock'), longAgo, longAgo);
  expect(await claimsWith('a').take('mine', 'a')).toBeNull();
  expect(await readdir(folder)).toEqual(['mine.claim']);
});
