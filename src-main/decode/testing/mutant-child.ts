import { fromBufferPromise } from 'yauzl';
import { buffer } from 'node:stream/consumers';
import { toTable } from '../../../src-worker/data/decoded/to-table';
import { zip } from '../../../src-worker/data/testing/zip';
import { ProblemError } from '../../../src-worker/problem';
import { createRandom } from '../../../src-worker/random';
import { decodeHere, fixtureIn } from './decode-fixture';
import { mutate } from './mutate';

/**
 * A process that decodes mutant after mutant of one fixture, for as long as it survives them: `mutant-child FOLDER NAME FROM TO`. It
 * names each seed before it tries it and says what came of it, so that whoever started it knows which one ended it.
 */
const [folder = '', name = '', from = '0', to = '0'] = process.argv.slice(2);
const original = fixtureIn(folder, name);
const parts = name.endsWith('.xlsx') ? await partsOf(original) : null;

for (let seed = Number(from); seed < Number(to); seed++) {
  process.stdout.write(`${seed} `);
  const outcome = JSON.stringify(await outcomeOf(seed));
  // What was rejected and left alone ends the process here, before it has said anything of this seed.
  await new Promise(setImmediate);
  process.stdout.write(`${outcome}\n`);
}

/** `table`, or code, file and message of the first problem; anything else that is thrown ends this process. */
async function outcomeOf(seed: number): Promise<unknown> {
  const outcome = await decodeHere(name, mutantOf(seed));
  if (!outcome.ok) return outcome.problems[0];
  try {
    toTable(name, outcome.value);
    return 'table';
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0];
    throw error;
  }
}

/** Every other mutant of a workbook is damaged in one of its parts, behind the checksums that would catch all else. */
function mutantOf(seed: number): Uint8Array {
  const random = createRandom(seed, 'mutant', name);
  if (parts === null || seed % 2 === 0) return mutate(original, random);
  const damaged = random.integer(parts.length);
  return zip(
    parts.map((part, index) => ({ ...part, content: index === damaged ? mutate(part.content, random) : part.content })),
  );
}

async function partsOf(bytes: Uint8Array): Promise<{ name: string; content: Uint8Array; stored: true }[]> {
  const found: { name: string; content: Uint8Array; stored: true }[] = [];
  const archive = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true });
  for await (const entry of archive.eachEntry()) {
    const content = new Uint8Array(await buffer(await archive.openReadStreamPromise(entry)));
    found.push({ name: entry.fileName, content, stored: true });
  }
  return found;
}
