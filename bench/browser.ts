import { chromium, type Browser, type Page } from '@playwright/test';
import type {} from './page/page';
import type { Runner } from './contract';
import type { PeakMeter } from './measure';
import type { Profile } from './profile/profile';

export interface BenchBrowser {
  /** Such as `Chromium 156.0.8078.79`. */
  readonly version: string;
  /** A runner of that name for a peer of the page, in a worker of its own, on up to so many threads. */
  runner(name: string, peer: string, threads: number): Runner;
  /** Where the time of a step of ours goes, on up to so many threads. */
  profile(workload: string, threads: number, rounds: number): Promise<Profile>;
  /** The peak of so many cores; null where the browser has no fused multiply-add for WebAssembly. */
  peak(threads: number): Promise<PeakMeter | null>;
  close(): Promise<void>;
}

export function launchChromium(executablePath: string): Promise<Browser> {
  // Chromium's sandbox refuses to run as root, which is what containers run as.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

/** Starts a headless Chromium on the bench's page. */
export async function startBrowser(executablePath: string, url: string): Promise<BenchBrowser> {
  const browser = await launchChromium(executablePath);
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
    runner: (name, peer, threads) => pageRunner(page, name, peer, threads),
    profile: (workload, threads, rounds) =>
      page.evaluate(([w, t, r]) => window.bench.profile(w, t, r), [workload, threads, rounds] as const),
    peak: (threads) => openPeak(page, threads),
    close: () => browser.close(),
  };
}

function pageRunner(page: Page, peer: string, kind: string, threads: number): Runner {
  return {
    peer,
    open: (workload) =>
      page.evaluate(([r, p, w, t]) => window.bench.open(r, p, w, t), [peer, kind, workload, threads] as const),
    prove: () => page.evaluate((p) => window.bench.prove(p), peer),
    calibrate: (targetMs) => page.evaluate(([p, ms]) => window.bench.calibrate(p, ms), [peer, targetMs] as const),
    time: (steps, repeats) => page.evaluate(([p, s, r]) => window.bench.time(p, s, r), [peer, steps, repeats] as const),
    close: () => page.evaluate((p) => window.bench.close(p), peer),
  };
}

async function openPeak(page: Page, threads: number): Promise<PeakMeter | null> {
  const flops = await page.evaluate((t) => window.bench.peak.open(t), threads);
  if (flops === null) return null;
  return {
    threads,
    flops,
    calibrate: (targetMs) =>
      page.evaluate(([t, ms]) => window.bench.peak.calibrate(t, ms), [threads, targetMs] as const),
    time: (steps, repeats) =>
      page.evaluate(([t, s, r]) => window.bench.peak.time(t, s, r), [threads, steps, repeats] as const),
    close: () => page.evaluate((t) => window.bench.peak.close(t), threads),
  };
}
