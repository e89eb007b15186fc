import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createRandom } from '../../src-worker/random';
import type { Outcome } from '../../src-worker/problem';
import type { DesktopApi } from '../bridge';
import { openKeep } from '../keep/keep';
import { createServices } from '../services';
import { Downloads } from '../shell-local/downloads';
import { folderPlaces } from '../shell-local/folder-places';
import { noDecoder } from './decoders';
import { buildChild, killAfter } from './kill-child';
import { makeMoment } from './sessions';

/** A main process that keeps a session for ever: state n has weights of seed n; "n" on standard output acknowledges it. */
const CHILD = `
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openKeep } from ${JSON.stringify(join(import.meta.dirname, '../keep/keep.ts'))};
import { createServices } from ${JSON.stringify(join(import.meta.dirname, '../services.ts'))};
import { folderPlaces } from ${JSON.stringify(join(import.meta.dirname, '../shell-local/folder-places.ts'))};
import { Downloads } from ${JSON.stringify(join(import.meta.dirname, '../shell-local/downloads.ts'))};
import { noDecoder } from ${JSON.stringify(join(import.meta.dirname, 'decoders.ts'))};
import { makeMoment, makeParts, makeUpdate } from ${JSON.stringify(join(import.meta.dirname, 'sessions.ts'))};
const folder = process.argv[2];
const keep = openKeep(join(folder, 'app'));
keep.claims.enter('a-window');
const window = createServices(folderPlaces(join(folder, 'projects'), new Downloads()), noDecoder, { window: 'a-window', keep });
const { left } = (await window.beginSession()).value;
let from = left[0]?.handle ?? null;
if (from !== null) await window.openKeptSession(from);
for (let n = Number(process.argv[3]); ; n += 1) {
  const parts = from !== null || n === 0 ? [...makeParts(n)] : makeParts(n).slice(0, 1);
  const same = parts.length === 1 ? ['run-1', 'checkpoint-1'] : [];
  const kept = await window.keepSession(makeUpdate({ step: n, parts, same, from }));
  if (!kept.ok) throw new Error(kept.problems[0].message);
  from = null;
  writeSync(1, n + '\\n');
}`;

/** Kills such a process so often, each time at a random moment, and goes on from what it left. */
export async function killSessions(kills: number, seed: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'layerlab-killed-'));
  try {
    const script = await buildChild(folder, CHILD);
    const random = createRandom(seed, 'kills');
    let n = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const acknowledged = await killAfter([script, folder, String(n)], 1 + random.integer(4), 10 * random.uniform());
      n = (await stepKept(folder, kill)) + 1;
      expect(n - 1, `kill ${kill}`).toBeGreaterThanOrEqual(acknowledged);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the next start finds: whole, with the weights of its step. */
async function stepKept(folder: string, kill: number): Promise<number> {
  const keep = openKeep(join(folder, 'app'));
  keep.claims.enter('looker');
  const window = createServices(folderPlaces(join(folder, 'projects'), new Downloads()), noDecoder, {
    window: 'looker',
    keep,
  });
  const left = await offered(window);
  const opened = valueOf(await window.openKeptSession(left.handle));
  expect(opened.present, `kill ${kill}`).toEqual(makeMoment(left.step));
  expect([opened.runs.length, opened.checkpoints.length]).toEqual([1, 1]);
  await keep.claims.leave('looker');
  return left.step;
}

async function offered(window: DesktopApi) {
  const { left } = valueOf(await window.beginSession());
  const [newest] = [...left].sort((a, b) => b.step - a.step);
  if (newest === undefined) throw new Error('nothing is offered');
  return newest;
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
