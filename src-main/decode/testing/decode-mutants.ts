import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Problem } from '../../../src-worker/problem';
import { DECODER_LIMITS } from '../decoder';
import { FIXTURES } from './decode-fixture';

/** What came of a mutant: a table, a problem, or the end of the process, which the app tells as a problem too. */
export type MutantOutcome = 'table' | 'died' | 'too slow' | Problem;

/** What {@link file://./mutant-child.ts} reported of some mutants; the process ended in the middle of `last`, where that is not null. */
interface Stretch {
  readonly outcomes: ReadonlyMap<number, MutantOutcome>;
  readonly last: { readonly seed: number; readonly why: 'died' | 'too slow' } | null;
}

/**
 * Decodes mutants 0 … count − 1 of a fixture, many in one process: with the heap of a real decoder, and the time of one for each of
 * them. A mutant that ends its process is noted, and the next begins another.
 *
 * @param script of mutant-child.ts, bundled
 */
export async function decodeMutants(script: string, name: string, count: number): Promise<readonly MutantOutcome[]> {
  const all: MutantOutcome[] = [];
  while (all.length < count) {
    const { outcomes, last } = await runChild(script, name, all.length, count);
    for (const outcome of outcomes.values()) all.push(outcome);
    if (last !== null) all.push(last.why);
    else if (all.length < count) throw new Error(`The process ended before it tried mutant ${all.length} of ${name}.`);
  }
  return all;
}

function runChild(script: string, name: string, from: number, to: number): Promise<Stretch> {
  const heap = `--max-old-space-size=${DECODER_LIMITS.heapMebibytes}`;
  const child = spawn(process.execPath, [heap, script, FIXTURES, name, String(from), String(to)], {
    env: {},
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const outcomes = new Map<number, MutantOutcome>();
  let why: 'died' | 'too slow' = 'died';
  const kill = (): void => {
    why = 'too slow';
    child.kill('SIGKILL');
  };
  let timer = setTimeout(kill, DECODER_LIMITS.milliseconds);
  createInterface({ input: child.stdout }).on('line', (line) => {
    clearTimeout(timer);
    timer = setTimeout(kill, DECODER_LIMITS.milliseconds);
    const space = line.indexOf(' ');
    // A seed alone is the one that ended the process.
    if (space < line.length - 1) {
      outcomes.set(Number(line.slice(0, space)), JSON.parse(line.slice(space + 1)) as MutantOutcome);
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      const seed = from + outcomes.size;
      if (code !== 0 && seed === to) reject(new Error(`The process failed after the last mutant of ${name}.`));
      else resolve({ outcomes, last: code === 0 ? null : { seed, why } });
    });
  });
}
