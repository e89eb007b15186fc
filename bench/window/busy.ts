import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeMnist } from '../../e2e/mnist-files';
import { cards, dropContents } from '../../e2e/window';
import type { Runner } from '../contract';
import { median } from '../statistics';
import type { WindowUnderTest } from './app';
import { press, show, trainOn, useIt } from './hands';
import { framesOf, quantile, stepsPerSecond, stepsPerSecondWithin, watch } from './watch';

/** A window that trains `mnist-cnn` at full speed beside the engine alone, in turns. */
export interface Busy {
  readonly turns: readonly Turn[];
  readonly framesMs: readonly number[];
  readonly answersMs: readonly number[];
}

/** One look at the window between two at the engine alone in a bare page, on as many threads; all in steps a second. */
interface Turn {
  /** The mean of before and after. */
  readonly engine: number;
  /** Of the window in calls without the end of an epoch, where both sides do the same work. */
  readonly within: number;
  /** Of the window with all that it does at the end of an epoch. */
  readonly overall: number;
}

/** Short turns and many: a shared machine is not as fast in one minute as in the next. */
const TURNS_PER_ROUND = 4;
/** After a pause the window looks at all parts and keeps the work: not beside what is timed. */
const REST_MS = 2_500;
const EXAMPLES = 10_000;
const WORKLOAD = 'mnist-cnn';

/** Drops digits with the network, and lets it train. */
export async function trainDigits({ page, folder }: WindowUnderTest, root: string): Promise<void> {
  const { train } = writeMnist(join(folder, 'digits'), EXAMPLES, 1);
  const example = JSON.parse(readFileSync(join(root, 'docs/examples/mnist-cnn.json'), 'utf8')) as { data: object };
  const files = train.map((path) => basename(path));
  const experiment = { ...example, data: { ...example.data, source: { files } } };
  await dropContents(
    page,
    { name: 'mnist-cnn.json', content: JSON.stringify(experiment) },
    ...train.map((path) => ({ name: basename(path), content: readFileSync(path) })),
  );
  await cards(page).nth(4).waitFor();
  await trainOn(page);
}

/** @param watchMs of the window in each round */
export async function measureBusy(page: Page, alone: Runner, rounds: number, watchMs: number): Promise<Busy> {
  const opened = await alone.open(WORKLOAD);
  if ('cannot' in opened) throw new Error(`The engine cannot do ${WORKLOAD}: ${opened.cannot}.`);
  await press(page, 'Pause');
  await page.waitForTimeout(REST_MS);
  const repeat = await alone.calibrate(200);
  const engineNow = async (): Promise<number> => median((await alone.time(repeat, 5)).map((each) => repeat / each));
  const busy = { turns: [] as Turn[], framesMs: [] as number[], answersMs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    let before = await engineNow();
    for (let turn = 0; turn < TURNS_PER_ROUND; turn++) {
      await press(page, 'Train');
      const { steps } = await watch(page, watchMs / 2);
      await press(page, 'Pause');
      await page.waitForTimeout(REST_MS);
      const after = await engineNow();
      const [within, overall] = [stepsPerSecondWithin(steps), stepsPerSecond(steps)];
      busy.turns.push({ engine: (before + after) / 2, within, overall });
      before = after;
    }
    await press(page, 'Train');
    busy.framesMs.push(...(await framesOf(page, watchMs)));
    const used = await watch(page, watchMs, () => useIt(page, watchMs * 0.8));
    busy.answersMs.push(...used.answersMs);
    await show(page, 'Curves');
    await press(page, 'Pause');
  }
  await alone.close();
  return busy;
}

export function busyReport({ turns, framesMs, answersMs }: Busy): string {
  const speed = (of: keyof Turn): string => {
    const speeds = turns.map((turn) => turn[of]);
    return `${median(speeds).toFixed(0)} steps/s (${Math.min(...speeds).toFixed(0)} to ${Math.max(...speeds).toFixed(0)})`;
  };
  const share = (of: keyof Turn): string => {
    const shares = turns.map((turn) => (100 * turn[of]) / turn.engine);
    return `${median(shares).toFixed(0)} % (${Math.min(...shares).toFixed(0)} to ${Math.max(...shares).toFixed(0)})`;
  };
  return [
    `**While \`${WORKLOAD}\` trains at full speed**, ${turns.length} turns, each between two of the engine alone; medians, and from least to most:`,
    '',
    `- the engine alone: ${speed('engine')}`,
    `- in the window, between the ends of epochs: ${speed('within')}, ${share('within')} of the engine alone; with evaluation at each end: ${speed('overall')}, ${share('overall')}`,
    `- from one picture to the next: median ${quantile(framesMs, 0.5).toFixed(1)} ms, 95 % within ${quantile(framesMs, 0.95).toFixed(1)} ms, all ${framesMs.length} within ${Math.max(...framesMs).toFixed(0)} ms`,
    `- from a click or key to its picture, ${answersMs.length} that took 16 ms or more: median ${quantile(answersMs, 0.5).toFixed(0)} ms, 95 % within ${quantile(answersMs, 0.95).toFixed(0)} ms, all within ${Math.max(0, ...answersMs).toFixed(0)} ms`,
  ].join('\n');
}
