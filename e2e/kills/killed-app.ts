import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Browser, type Page } from '@playwright/test';
import { openKeep } from '../../src-main/keep/keep';
import { createRandom, type Random } from '../../src-worker/random';
import { launchBrowser, openWindow } from '../fixtures';
import { startServer, type RunningServer } from '../server';
import { button, expectReady, standing } from '../window';
import { actUntil, repeatRun, trainTo } from './acts';
import { differences, differencesOfWork, KeptStates, type KeptState } from './kept-states';
import type { Kill } from './kinds';

/** The latest moment of a kill after the window was ready: behind the first keeping and, most times, a second one. */
const LATEST_MS = 9_000;
/** A kill in the middle of keeping comes so long after the request left the window. */
const LATEST_IN_KEEPING_MS = 30;
/** Until work that was brought back is kept anew. */
const LATEST_IN_RECOVERY_MS = 4_000;

/** One app folder with its main process, its browser and its window, each of which gets killed. */
export class KilledApp {
  /** Whether the window offers work that was kept before a kill. */
  offers = false;
  readonly #folder = mkdtempSync(join(tmpdir(), 'layerlab-kills-'));
  readonly #thrown: string[] = [];
  #browser!: Browser;
  #server!: RunningServer;
  #page!: Page;
  #states = new KeptStates(null);

  static async start(): Promise<KilledApp> {
    const app = new KilledApp();
    app.#browser = await launchBrowser();
    app.#server = await startServer(app.#projects);
    await app.#open(app.#server.url);
    return app;
  }

  get page(): Page {
    return this.#page;
  }

  get #projects(): string {
    return join(this.#folder, 'projects');
  }

  /** Works on, kills at a random moment, and starts again. What was acknowledged by then has to be offered. */
  async workAndKill(kill: Kill, random: Random): Promise<void> {
    // Now and then work is just being brought back.
    const recovering = this.offers && random.integer(4) === 0;
    if (recovering) await button(this.#page, 'Go on').click();
    else await this.goOn();
    const shoot = await kill.aim({ browser: this.#browser, server: this.#server });
    const acts = createRandom(random.integer(2 ** 31), 'acts');
    let over = recovering;
    const acting = actUntil(this.#page, acts, () => over).catch((error: unknown) => {
      // Whoever was in the middle of something when the window died could not finish it.
      if (!over) throw error;
    });
    const moment = recovering ? pass(random.uniform() * LATEST_IN_RECOVERY_MS) : this.#momentOfWork(random);
    await (recovering ? moment : Promise.race([moment, acting]));
    over = true;
    shoot();
    await this.#bury(kill);
    await acting;
    expect(this.#thrown, 'exceptions in the page').toEqual([]);
    await this.#restart(kill);
  }

  /** Takes up what is offered: the last state that was acknowledged, or one that was on its way, equal to the bit. */
  async goOn(): Promise<void> {
    if (!this.offers) return;
    await button(this.#page, 'Go on').click();
    await expect.poll(() => this.#states.acknowledged !== null).toBe(true);
    const found = this.#states.acknowledged!;
    const away = this.#states.before.map((state) => differencesOfWork(found, state));
    const [nearest] = away.sort((a, b) => a.length - b.length);
    expect(nearest, 'between what was brought back and what had been acknowledged').toEqual([]);
    this.offers = false;
  }

  /**
   * Trains on to a later epoch; then the same run from its seed, which nobody kills. Document, weights, optimizer, best epoch and curves are
   * equal to the bit.
   */
  async expectAsUnbroken(): Promise<void> {
    const trained = this.#page.getByRole('progressbar', { name: 'Epochs trained' });
    await trainTo(this.#page, Number(await trained.getAttribute('aria-valuenow')) + 20);
    const words = await standing(this.#page);
    const step = Number(/step ([\d,]+)/.exec(words)?.[1]?.replaceAll(',', ''));
    const resumed = await this.#keptAt(step, null);
    await repeatRun(this.#page);
    const unbroken = await this.#keptAt(step, resumed.present?.run ?? null);
    await expect.poll(() => standing(this.#page)).toBe(words);
    const ofRun = ({ document, present }: KeptState) => [document, present?.state, present?.curves];
    expect(differences(ofRun(resumed), ofRun(unbroken)), 'between the run and one that nobody killed').toEqual([]);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.process.kill('SIGKILL');
    await ended(this.#server);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #open(url: string): Promise<void> {
    this.#states = new KeptStates(this.#states);
    this.#page = await openWindow(this.#browser);
    this.#page.on('pageerror', ({ name, message }) => this.#thrown.push(`${name}: ${message}`));
    await this.#states.watch(this.#page);
    await this.#page.goto(url);
    await expectReady(this.#page);
  }

  /** Half of the kills come at any time, half while something is just being kept. */
  async #momentOfWork(random: Random): Promise<void> {
    if (random.integer(2) === 0) return pass(random.uniform() * LATEST_MS);
    await this.#states.nextAsked();
    return pass(random.uniform() * LATEST_IN_KEEPING_MS);
  }

  /** What a kill leaves half alive is of no use: a page without its service, a tab that has crashed. */
  async #bury({ takesBrowser, takesServer }: Kill): Promise<void> {
    if (takesServer) await ended(this.#server);
    if (takesBrowser) await this.#browser.close();
    else await this.#page.context().close();
  }

  async #restart({ takesBrowser, takesServer }: Kill): Promise<void> {
    if (takesBrowser) this.#browser = await launchBrowser();
    if (takesServer) this.#server = await startServer(this.#projects);
    const { url } = takesServer ? this.#server : await this.#server.next();
    const left = await openKeep(`${this.#projects}-app`).sessions.list();
    // What was only on its way may have come to nothing.
    if (this.#states.promised) expect(left.size).toBeGreaterThan(0);
    await this.#open(url);
    this.offers = left.size > 0;
  }

  /** The work at that step, once it is kept, of another run than `before`. */
  async #keptAt(step: number, before: number | null): Promise<KeptState> {
    const isKept = (): boolean => {
      const present = this.#states.acknowledged?.present;
      return present?.state.step === step && present.run !== before;
    };
    await expect.poll(isKept, { timeout: 60_000 }).toBe(true);
    return this.#states.acknowledged!;
  }
}

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function ended({ process: child }: RunningServer): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
