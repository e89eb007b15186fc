import type { Browser } from '@playwright/test';
import type { RunningServer } from '../server';

/** What runs while a window is open, and can be killed. */
export interface Running {
  readonly browser: Browser;
  readonly server: RunningServer;
}

/** A kill -9: no process of it gets to say a word. */
export interface Kill {
  readonly name: string;
  /** Whether the browser, and whether the main process, are gone with it. */
  readonly takesBrowser: boolean;
  readonly takesServer: boolean;
  /** Looks up who is to die, which takes time; the returned function kills at once. */
  aim(running: Running): Promise<() => void>;
}

/** The numbers of the processes of a browser, by their kind. */
async function processesOf(browser: Browser): Promise<readonly { readonly type: string; readonly id: number }[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo;
}

async function aimAt(browser: Browser, kind: 'browser' | 'renderer'): Promise<() => void> {
  const found = (await processesOf(browser)).filter(({ type }) => type === kind);
  if (found.length === 0) throw new Error(`No process of the kind ${kind} was found.`);
  return () => {
    for (const { id } of found) process.kill(id, 'SIGKILL');
  };
}

/** Every process there is, and all of them together as a power cut takes them. */
export const KILLS: readonly Kill[] = [
  {
    name: 'the page',
    takesBrowser: false,
    takesServer: false,
    aim: ({ browser }) => aimAt(browser, 'renderer'),
  },
  {
    name: 'the browser',
    takesBrowser: true,
    takesServer: false,
    aim: ({ browser }) => aimAt(browser, 'browser'),
  },
  {
    name: 'the main process',
    takesBrowser: false,
    takesServer: true,
    aim: ({ server }) => Promise.resolve(() => void server.process.kill('SIGKILL')),
  },
  {
    name: 'everything',
    takesBrowser: true,
    takesServer: true,
    async aim({ browser, server }) {
      const killBrowser = await aimAt(browser, 'browser');
      return () => {
        server.process.kill('SIGKILL');
        killBrowser();
      };
    },
  },
];
