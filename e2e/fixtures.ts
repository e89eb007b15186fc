import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Browser, chromium, type Page, test as base } from '@playwright/test';
import { findBrowser } from '../scripts/lib/browser.mjs';
import { findElectron } from '../scripts/lib/electron.mjs';

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
}

/** Starts the loopback server on a free port and resolves with the address it prints. */
export function startServer(folder: string): Promise<{ url: string; process: ChildProcess }> {
  const server = spawn(
    process.execPath,
    ['out/main/local.js', '--renderer', join(root, 'out/renderer'), '--port', '0', '--folder', folder],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return new Promise((accept, reject) => {
    let output = '';
    server.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(output)?.[0];
      if (url !== undefined && output.includes('\n')) accept({ url, process: server });
    });
    server.on('exit', (code) => reject(new Error(`The local shell ended with ${code}: ${output}`)));
  });
}

function watchErrors(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
}

async function launchLocal(folder: string, errors: string[]): Promise<{ app: App; close: () => Promise<void> }> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('No Chrome, Chromium or Edge found; name one in LAYERLAB_CHROMIUM.');
  const browser: Browser = await chromium.launch({ executablePath, chromiumSandbox: !isRoot });
  let server = await startServer(folder);
  const open = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
    const page = await context.newPage();
    watchErrors(page, errors);
    await page.goto(server.url);
    return page;
  };
  const page = await open();
  const reopen = async (): Promise<Page> => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    server.process.kill('SIGTERM');
    server = await startServer(folder);
    return open();
  };
  const close = async (): Promise<void> => {
    await browser.close();
    server.process.kill('SIGTERM');
  };
  return { app: { page, folder, shell: 'local', errors, reopen }, close };
}

async function launchElectron(folder: string, errors: string[]): Promise<{ app: App; close: () => Promise<void> }> {
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
  return {
    app: { page: current.page, folder, shell: 'electron', errors, reopen },
    close: async () => current.application.close(),
  };
}

export const test = base.extend<{ shell: Shell; app: App }>({
  shell: ['local', { option: true }],
  app: async ({ shell }, use) => {
    test.skip(
      shell === 'electron' && findElectron() === null,
      'Electron’s binary is not on this machine (npm start fetches it where the network allows)',
    );
    const folder = mkdtempSync(join(tmpdir(), 'layerlab-story-'));
    const errors: string[] = [];
    const { app, close } = await (shell === 'electron' ? launchElectron : launchLocal)(folder, errors);
    try {
      await use(app);
      test.expect(errors, 'errors in the page’s console').toEqual([]);
    } finally {
      await close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

export const expect = test.expect;
