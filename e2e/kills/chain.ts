import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { createRandom } from '../../src-worker/random';
import { dropContents, expectReady } from '../window';
import { beginLongRun } from './acts';
import { KilledApp } from './killed-app';
import { KILLS, type Kill } from './kinds';

const penguins = readFileSync('e2e/data/penguins.csv');

/** Of a sample, and of a file that was dropped on the window. */
const BEGINNINGS: readonly ((page: Page) => Promise<void>)[] = [
  beginLongRun,
  async (page) => {
    await dropContents(page, { name: 'penguins.csv', content: penguins });
    await expect(page.getByLabel('Name of the experiment')).toHaveValue('penguins');
    await expectReady(page);
    await beginLongRun(page);
  },
];

/** A kill by its number, which is the seed of when it comes and of what is done until then. */
export interface NumberedKill {
  readonly number: number;
  /** Left out, that is random too. */
  readonly kill?: Kill;
}

/** One piece of work that is killed again and again, and taken up each time; at the end it is as if nobody had killed it. */
export async function surviveKills(kills: readonly NumberedKill[], chain: number): Promise<void> {
  const begin = BEGINNINGS[chain % BEGINNINGS.length]!;
  const app = await KilledApp.start();
  try {
    for (const { number, kill } of kills) {
      const random = createRandom(number, 'kill');
      const next = kill ?? KILLS[random.integer(KILLS.length)]!;
      await test.step(`kill ${number}, of ${next.name}`, async () => {
        if (!app.offers) await begin(app.page);
        await app.workAndKill(next, random);
      });
    }
    if (!app.offers) await begin(app.page);
    await app.goOn();
    await app.expectAsUnbroken();
  } finally {
    await app.close();
  }
}
