import { median } from '../statistics';
import { openWindow } from './app';
import { press } from './hands';

export interface Launches {
  /** From the start of a browser to a window that can train, in milliseconds. */
  readonly withBrowser: readonly number[];
  /** From asking for the page to the same. */
  readonly page: readonly number[];
  /** From one click on Train to the finished run of the sample. */
  readonly trained: readonly number[];
}

/** So many first launches, each to the trained sample. */
export async function measureLaunches(browser: string, times: number): Promise<Launches> {
  const withBrowser: number[] = [];
  const asked: number[] = [];
  const trained: number[] = [];
  for (let time = 0; time < times; time++) {
    const { page, startMs, close } = await openWindow(browser);
    const begin = performance.now();
    await press(page, 'Train');
    await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor();
    trained.push(performance.now() - begin);
    withBrowser.push(startMs.withBrowser);
    asked.push(startMs.page);
    await close();
  }
  return { withBrowser, page: asked, trained };
}

export function launchesReport({ withBrowser, page, trained }: Launches): string {
  const say = (what: string, ms: readonly number[]): string =>
    `- ${what}: ${seconds(median(ms))} (${seconds(Math.min(...ms))} to ${seconds(Math.max(...ms))})`;
  return [
    `**Launch**, ${page.length} times with an empty profile and an empty folder of the app: the median, and from least to most.`,
    '',
    say('from the start of the browser to a window that can train', withBrowser),
    say('from asking for the page to the same', page),
    say('from one click to the trained sample', trained),
    say(
      'from asking for the page to the trained sample',
      page.map((ms, n) => ms + trained[n]!),
    ),
  ].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
