import { chromium, type Page } from '@playwright/test';
import type {} from './page/page';
import type { Runner } from './contract';

export interface BenchBrowser {
  /** Such as `Chromium 156.0.8078.79`. */
  readonly version: string;
  runner(peer: string): Runner;
  close(): Promise<void>;
}

/** Starts a headless Chromium on the bench's page. */
export async function startBrowser(executablePath: string, url: string): Promise<BenchBrowser> {
  const browser = await chromium.launch({
    executablePath,
    // Chromium's sandbox refuses to run as root, which is what containers run as.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') process.stderr.write(`page: ${message.text()}\n`);
  });
  await page.goto(url);
  if (!(await page.evaluate(() => window.bench.isolated))) {
    await browser.close();
    throw new Error(
      'The page is not cross-origin isolated, so no peer could use threads. Is something rewriting headers?',
    );
  }
  return {
    version: `Chromium ${browser.version()}`,
    runner: (peer) => pageRunner(page, peer),
    close: () => browser.close(),
  };
}

function pageRunner(page: Page, peer: string): Runner {
  return {
    peer,
    open: (workload) => page.evaluate(([p, w]) => window.bench.open(p, w), [peer, workload] as const),
    losses: (steps) => page.evaluate(([p, s]) => window.bench.losses(p, s), [peer, steps] as const),
    calibrate: (targetMs) => page.evaluate(([p, ms]) => window.bench.calibrate(p, ms), [peer, targetMs] as const),
    time: (steps, repeats) => page.evaluate(([p, s, r]) => window.bench.time(p, s, r), [peer, steps, repeats] as const),
    close: () => page.evaluate((p) => window.bench.close(p), peer),
  };
}
