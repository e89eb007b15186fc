import type { BenchBrowser } from '../browser';
import { openWindow } from './app';
import { busyReport, measureBusy, trainDigits } from './busy';
import { trainOn } from './hands';
import { launchesReport, measureLaunches } from './launches';
import { measureViews, viewsReport } from './views';

export interface WindowOptions {
  readonly root: string;
  /** Path of an installed Chromium. */
  readonly browser: string;
  readonly rounds: number;
  readonly threads: number;
  readonly report: (line: string) => void;
}

const LAUNCHES = 7;
const WATCH_MS = 5_000;
const VIEW_MS = 2_000;

/** Measures the built app as a person has it: how it starts, how it answers while it trains, what its views cost. */
export async function measureWindow(bench: BenchBrowser, options: WindowOptions): Promise<string> {
  const { root, browser, rounds, threads, report } = options;
  report('launches');
  const launches = launchesReport(await measureLaunches(browser, LAUNCHES));
  report('the sample with each of its views');
  const sample = await openWindow(browser);
  const small = await trainOn(sample.page)
    .then(() => measureViews(sample.page, rounds, VIEW_MS))
    .finally(() => sample.close());
  const digits = await openWindow(browser);
  try {
    report('mnist-cnn beside the engine alone');
    await trainDigits(digits, root);
    const alone = bench.runner('layerlab', 'layerlab', threads);
    const busy = await measureBusy(digits.page, alone, rounds, WATCH_MS);
    report('mnist-cnn with each of its views');
    const large = await measureViews(digits.page, rounds, VIEW_MS);
    return [launches, busyReport(busy), viewsReport('the sample', small), viewsReport('mnist-cnn', large)].join('\n\n');
  } finally {
    await digits.close();
  }
}
