import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { expectFinished, expectReady } from './window';

const penguins = join(dirname(fileURLToPath(import.meta.url)), 'data/penguins.csv');

/** Tab until the focus is where it is wanted; a ring shows where it is on the way. */
async function tabTo(page: Page, wanted: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(wanted).toBeFocused();
}

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Search the commands' })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'All commands' })).toBeHidden();
}

test('from an empty experiment to an exported model without a pointer', async ({ app }) => {
  test.skip(app.shell === 'electron', 'The native dialogs cannot be driven from a story.');
  const { page, folder } = app;
  await expectReady(page);
  // From now on a dialog for files is answered, which has to be asked for before it opens.
  page.on('filechooser', (chooser) => void chooser.setFiles(penguins));
  await command(page, 'new experiment');
  await page.keyboard.press('ControlOrMeta+d');
  await expect(page.getByRole('button', { name: /^Data.*penguins\.csv/ })).toBeVisible();
  await expectReady(page);

  // The target, in the settings of the data.
  await page.keyboard.press('F6');
  const cards = page.locator('[data-card]');
  await expect(cards.first()).toBeFocused();
  await page.keyboard.press('Shift+F6');
  const target = page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Target', { exact: true });
  await tabTo(page, target);
  await page.keyboard.type('isl');
  await expect(target).toHaveValue('island');
  await expectReady(page);

  // Another layer, with twelve units.
  await command(page, 'add layer dense');
  const layers = page.getByRole('list', { name: 'Layers' });
  await expect(layers.locator('[data-card][aria-current=true]')).toHaveCount(1);
  const units = page.getByRole('complementary', { name: 'Inspector' }).getByLabel(/^Units/);
  await page.keyboard.press('Shift+F6');
  await tabTo(page, units);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await expect(layers).toContainText('Dense 12');
  await expectReady(page);

  await command(page, 'train or pause');
  await expectFinished(page);
  await page.keyboard.press('Escape');
  await command(page, 'go to network');
  await expect(page.getByRole('tab', { name: 'Network' })).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('ControlOrMeta+s');
  const save = page.getByRole('dialog', { name: 'Save the project' });
  await tabTo(page, save.getByLabel('File name'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('by keyboard');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Saved .*by keyboard/)).toBeVisible();
  expect(statSync(join(folder, 'by keyboard.layerlab')).size).toBeGreaterThan(0);

  await page.keyboard.press('ControlOrMeta+e');
  const exporting = page.getByRole('dialog', { name: 'Export the model' });
  await tabTo(page, exporting.getByLabel('File name'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('keys');
  await tabTo(page, exporting.getByRole('button', { name: 'Export', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Exported .*keys/)).toBeVisible();
  expect(existsSync(join(folder, 'keys.onnx'))).toBe(true);
});
