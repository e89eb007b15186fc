import type { Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readZip, writeZip } from '../src-main/zip';
import { expect, test } from './fixtures';
import { button, cards, expectReady, saveProject, standing, status } from './window';

/** Runs a fixed number of single steps: exact, however fast the machine is. */
async function steps(page: Page, count: number, from: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    await button(page, 'Step').click();
    await expect(status(page).getByText(/^step/)).toHaveText(`step ${from + n}`);
  }
}

async function openProject(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+o');
  await page
    .getByRole('dialog', { name: 'Open a project' })
    .getByRole('button', { name: new RegExp(name) })
    .click();
}

test('save, close, open, go on: the same loss as without the break', async ({ app }) => {
  test.skip(app.shell === 'electron', 'The native dialogs cannot be driven from a story.');
  let { page } = app;
  await expectReady(page);
  await steps(page, 12, 0);
  await saveProject(page, 'half way');
  await steps(page, 12, 12);
  const unbroken = await standing(page);

  page = await app.reopen();
  await expectReady(page);
  await openProject(page, 'half way');
  await expect(status(page).getByText(/^step/)).toHaveText('step 12');
  await steps(page, 12, 12);
  expect(await standing(page)).toBe(unbroken);
});

test('a project of a newer Layerlab is refused and the open work stays; one in the middle of a change opens as it was', async ({
  app,
}) => {
  test.skip(app.shell === 'electron', 'The native dialogs cannot be driven from a story.');
  const { folder } = app;
  let { page } = app;
  await expectReady(page);
  await steps(page, 3, 0);
  await saveProject(page, 'mine');
  const whole = await readZip(readFileSync(join(folder, 'mine.layerlab')), 'mine');
  const newer = new TextEncoder().encode('{ "format": "layerlab-experiment", "version": 99, "network": "unheard of" }');
  const entries = [...whole].map(([name, bytes]) => ({
    ...{ name, compress: true },
    bytes: name === 'experiment.json' ? newer : bytes,
  }));
  const newerBytes = await writeZip(entries, 'newer');
  writeFileSync(join(folder, 'newer.layerlab'), newerBytes);
  const before = await standing(page);
  await openProject(page, 'newer');
  const told = page.getByTestId('problem');
  await expect(told).toContainText('This experiment is of version 99; this Layerlab reads versions up to 2.');
  await expect(told).toContainText('Open it with a newer Layerlab; nothing was changed.');
  await told.getByRole('button', { name: 'Dismiss this message' }).click();
  expect(await standing(page)).toBe(before);
  expect(readFileSync(join(folder, 'newer.layerlab')).equals(newerBytes)).toBe(true);

  await cards(page).first().click();
  await page.keyboard.press('Delete');
  await cards(page).first().click();
  await page.keyboard.press('Delete');
  await expect(page.getByText('The network has no layers.').first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByText(/^Saved mine/).first()).toBeVisible();
  const half = await standing(page);

  page = await app.reopen();
  await expectReady(page);
  await openProject(page, 'mine');
  await expect(page.getByText('The network has no layers.').first()).toBeVisible();
  expect(await standing(page)).toBe(half);
  await page.keyboard.press('ControlOrMeta+z');
  await expectReady(page);
  await expect(status(page).getByText(/^step/)).toHaveText('step 3');
});
