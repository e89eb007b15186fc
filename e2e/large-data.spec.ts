import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { LARGE_COLUMNS, writeLargeTable } from './large-table';
import { dropContents, expectReady, status } from './window';

/** LAYERLAB_ROWS=1000000 measures what the documents state; a machine that does other things besides needs its time. */
const rows = Number(process.env['LAYERLAB_ROWS'] ?? 100_000);
const MOST_GAP_MS = 250;

const fileInput = (page: Page) => page.getByLabel('Data, project, experiment or model to open');
const progressbar = (page: Page) => status(page).getByRole('progressbar', { name: 'Data read' });

/** Measures from now on the longest time that the window did not answer. */
async function watchGaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const watched = globalThis as typeof globalThis & { longestGap: number };
    watched.longestGap = 0;
    let last = performance.now();
    const beat = (): void => {
      const now = performance.now();
      watched.longestGap = Math.max(watched.longestGap, now - last);
      last = now;
      setTimeout(beat, 0);
    };
    beat();
  });
  return () => page.evaluate(() => (globalThis as typeof globalThis & { longestGap: number }).longestGap);
}

test('a large table shows its progress, trains, and the window answers all the while', async ({
  app: { page, folder },
}, info) => {
  test.setTimeout(60_000 + rows / 5);
  const path = join(folder, 'large.csv');
  writeLargeTable(path, rows);
  await expectReady(page);
  const longestGap = await watchGaps(page);
  const started = Date.now();
  await fileInput(page).setInputFiles(path);
  await expect(progressbar(page)).toBeVisible();
  await expect(status(page)).toContainText(/large\.csv[\s\S]*\d %[\s\S]*Cancel/);
  await expect(page.getByRole('button', { name: /^Data.*large\.csv/ })).toBeVisible({ timeout: rows / 5 });
  // The network of the new data is built: it predicts a number, where the sample before had classes.
  await expect(status(page)).toContainText('RMSE', { timeout: 60_000 });
  await page.keyboard.press('ArrowRight');
  await expect(status(page)).toContainText(/step\s*[1-9]/, { timeout: 60_000 });
  const seconds = (Date.now() - started) / 1000;
  const gap = await longestGap();
  info.annotations.push({
    type: 'measured',
    description: `${rows} rows × ${LARGE_COLUMNS}: ${seconds.toFixed(1)} s to the first step, longest gap ${gap.toFixed(0)} ms`,
  });
  await expect(page.getByText(`${rows.toLocaleString('en')} rows`).first()).toBeVisible();
  expect(gap).toBeLessThan(MOST_GAP_MS);
});

test('Escape and the button cancel a load, a newer file ends it, and the former data stay', async ({
  app: { page, folder },
}) => {
  const path = join(folder, 'large.csv');
  writeLargeTable(path, Math.max(rows, 300_000));
  await expectReady(page);
  const card = page.getByRole('button', { name: /^Data/ });
  const before = await card.innerText();

  await fileInput(page).setInputFiles(path);
  await expect(progressbar(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(progressbar(page)).toBeHidden();
  await expectReady(page);
  expect(await card.innerText()).toBe(before);
  await expect(page.getByRole('alert')).toHaveCount(0);

  await fileInput(page).setInputFiles(path);
  await status(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(progressbar(page)).toBeHidden();
  await expectReady(page);
  expect(await card.innerText()).toBe(before);

  await fileInput(page).setInputFiles(path);
  await expect(progressbar(page)).toBeVisible();
  await dropContents(page, { name: 'small.csv', content: `a,b\n${'1,2\n3,5\n4,4\n'.repeat(20)}` });
  await expect(page.getByRole('button', { name: /^Data.*small\.csv/ })).toBeVisible();
  await expectReady(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});
