import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startServer } from '../../e2e/server';
import { launchChromium } from '../browser';

/** The built app in a Chromium of its own. */
export interface WindowUnderTest {
  readonly page: Page;
  /** For files that are dropped. */
  readonly folder: string;
  /** From the start of the browser, and from asking for the page, to a window that can train. */
  readonly startMs: { readonly withBrowser: number; readonly page: number };
  close(): Promise<void>;
}

/** A first launch: neither the browser nor the application's folder knows anything yet. */
export async function openWindow(executablePath: string): Promise<WindowUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'layerlab-window-bench-'));
  const server = await startServer(folder);
  const begin = performance.now();
  const browser = await launchChromium(executablePath);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(120_000);
  const asked = performance.now();
  await page.goto(server.url);
  await page.locator('button:enabled', { hasText: /^Train$/ }).waitFor();
  const ready = performance.now();
  return {
    page,
    folder,
    startMs: { withBrowser: ready - begin, page: ready - asked },
    close: async () => {
      await browser.close();
      const ended = once(server.process, 'exit');
      server.process.kill('SIGTERM');
      await ended;
      for (const each of [folder, `${folder}-app`]) await rm(each, { recursive: true, force: true });
    },
  };
}
