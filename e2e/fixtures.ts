import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Browser, chromium, type Page, test as base } from '@playwright/test';
import { findBrowser } from '../scripts/lib/browser.mjs';
import { findElectron } from '../scripts/lib/electron.mjs';
import { startServer } from './server';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const isRoot = process.getuid?.() === 0;

export type Shell = 'local' | 'electron';

/** A running app: the page a person sees, and the folder where the local shell saves. */
export interface App {
  readonly page: Page;
  readonly folder: string;
  readonly shell: Shell;
  /** Everything the page printed as an error, and every uncaught exception: a story ends with none. */
  readonly errors: readonly string[];
  /** A fresh window on the same services, as after closing and opening the app. */
  reopen(): Promise<Page>;
  /** The same after everything was killed at once. */
  crash(): Promise<Page>;
  /** One more window beside those that are there; only in the local shell. */
  another(): Promise<Page>;
}

function watchErrors(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('No Chrome, Chromium or Edge found; name one in LAYERLAB_CHROMIUM.');
  return chromium.launch({ executablePath, chromiumSandbox: !isRoot });
}

/** An empty window of its own profile. */
export async function openWindow(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  return context.newPage();
}

interface Launched {
  readonly app: App;
  readonly close: () => Promise<void>;
}

async function launchLocal(browser: Browser, folder: string, errors: string[]): Promise<Launched> {
  let server = await startServer(folder);
  const open = async (url = server.url): Promise<Page> => {
    const page = await openWindow(browser);
    watchErrors(page, errors);
    await page.goto(url);
    return page;
  };
  const page = await open();
  const reopen = async (): Promise<Page> => {
    // As a person closes a window: the page may say farewell.
    for (const context of browser.contexts()) {
      for (const opened of context.pages()) {
        opened.on('dialog', (dialog) => void dialog.accept());
        await opened.goto('about:blank');
      }
      await context.close();
    }
    const ended = once(server.process, 'exit');
    server.process.kill('SIGTERM');
    await ended;
    server = await startServer(folder);
    return open();
  };
  const crash = async (): Promise<Page> => {
    server.process.kill('SIGKILL');
    const before = errors.length;
    await Promise.all(browser.contexts().map((context) => context.close()));
    // The page may have seen its service go.
    errors.length = before;
    server = await startServer(folder);
    return open();
  };
  const another = async (): Promise<Page> => {
    const { url } = await server.next();
    return open(url);
  };
  const close = async (): Promise<void> => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    const ended = once(server.process, 'exit');
    if (server.process.kill('SIGKILL')) await ended;
  };
  return { app: { page, folder, shell: 'local', errors, reopen, crash, another }, close };
}

async function launchElectron(folder: string, errors: string[]): Promise<Launched> {
  const launch = async () => {
    const application = await _electron.launch({
      executablePath: findElectron() ?? '',
      args: ['.', `--user-data-dir=${join(folder, 'profile')}`],
      cwd: root,
      chromiumSandbox: !isRoot,
    });
    const page = await application.firstWindow();
    watchErrors(page, errors);
    return { application, page };
  };
  let current = await launch();
  const reopen = async (): Promise<Page> => {
    await current.application.close();
    current = await launch();
    return current.page;
  };
  const crash = async (): Promise<Page> => {
    const ended = new Promise<void>((resolve) => current.application.once('close', () => resolve()));
    current.application.process().kill('SIGKILL');
    await ended;
    current = await launch();
    return current.page;
  };
  const another = (): Promise<Page> => Promise.reject(new Error('Electron has one window.'));
  return {
    app: { page: current.page, folder, shell: 'electron', errors, reopen, crash, another },
    close: async () => current.application.close(),
  };
}

export const test = base.extend<{ shell: Shell; app: App }, { sharedBrowser: () => Promise<Browser> }>({
  shell: ['local', { option: true }],
  /** One for all stories of a worker, started by the first: each has windows of a profile of its own. */
  sharedBrowser: [
    // Playwright takes nothing but a pattern here.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      let started: Promise<Browser> | null = null;
      await use(() => (started ??= launchBrowser()));
      await (await (started as Promise<Browser> | null))?.close();
    },
    { scope: 'worker' },
  ],
  app: async ({ shell, sharedBrowser }, use) => {
    test.skip(
      shell === 'electron' && findElectron() === null,
      'Electron’s binary is not on this machine (npm start fetches it where the network allows)',
    );
    const folder = mkdtempSync(join(tmpdir(), 'layerlab-story-'));
    const errors: string[] = [];
    const { app, close } = await (shell === 'electron'
      ? launchElectron(folder, errors)
      : launchLocal(await sharedBrowser(), folder, errors));
    try {
      await use(app);
      test.expect(errors, 'errors in the page’s console').toEqual([]);
    } finally {
      await close();
      for (const left of [folder, `${folder}-app`]) rmSync(left, { recursive: true, force: true });
    }
  },
});

export const expect = test.expect;
