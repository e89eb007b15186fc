import { expectAccessible } from './axe';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { pngBytes } from '../src-worker/data/testing/png';
import { expect, test } from './fixtures';
import { writeMnist } from './mnist-files';
import { button, dropFiles, expectFinished, expectReady } from './window';

const penguins = join(dirname(fileURLToPath(import.meta.url)), 'data/penguins.csv');

const answer = (page: Page) => page.getByRole('region', { name: 'Answer' });

test('a row begins as an example and is changed by typing and by sliders; answer and layers follow', async ({
  app: { page },
}) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectReady(page);
  await dropFiles(page, penguins);
  await expect(page.getByRole('list', { name: 'Layers' }).getByText('Dense 3')).toBeVisible();
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  await page.getByRole('tab', { name: 'Try it' }).click();
  const stage = page.getByRole('main');
  await expect(answer(page)).toContainText(/The data say \w+: right\./);

  // A bill, flippers and a weight as only a Gentoo has them.
  for (const [column, value] of [
    ['bill_length_mm', '50'],
    ['bill_depth_mm', '14'],
    ['flipper_length_mm', '228'],
    ['body_mass_g', '5700'],
  ] as const) {
    await stage.getByRole('textbox', { name: column }).fill(value);
  }
  await stage.getByRole('combobox', { name: 'island' }).selectOption('Biscoe');
  await expect(answer(page).getByText('Gentoo', { exact: true }).first()).toBeVisible();
  await expect(answer(page)).not.toContainText('The data say');
  await expect(answer(page).getByRole('listitem').filter({ hasText: 'Gentoo' })).toContainText(/9\d\.\d|100\.0/);

  const x = stage.getByRole('application', { name: /^x: 9 numbers/ });
  await x.focus();
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight');
  await expect(stage.getByText(/^bill_length_mm: 1\.\d\d/)).toBeVisible();
  await expect(stage.getByRole('application', { name: /^a\[2\]: 3 numbers/ })).toBeVisible();
  await stage.getByRole('slider', { name: 'flipper_length_mm' }).press('Home');
  await expect(stage.getByRole('textbox', { name: 'flipper_length_mm' })).not.toHaveValue('228');
  await button(page, 'Back to the example').click();
  await expect(answer(page)).toContainText('The data say');
  await button(page, 'Next example').click();
  await expect(stage.getByRole('spinbutton', { name: 'Number of the example' })).toHaveValue('2');
  await expectAccessible(page, 'Try it');
});

test('a digit is drawn by pointer and by keys, an image is dropped, and the network answers while it trains', async ({
  app: { page, folder },
}) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const { train, test: testFiles } = writeMnist(join(folder, 'mnist'), 1_200, 200);
  await expectReady(page);
  await dropFiles(page, ...train, ...testFiles);
  await expect(page.getByRole('button', { name: /^Data.*28 × 28/ })).toBeVisible();
  await expectReady(page);
  await page.getByRole('tab', { name: 'Try it' }).click();
  const stage = page.getByRole('main');
  await expect(stage.getByText('What the network gets: example 1 of the test part, 28 × 28.')).toBeVisible();
  await button(page, 'Train').click();

  const pad = stage.getByRole('application', { name: /^Pad to draw on/ });
  const { x, y, width, height } = (await pad.boundingBox())!;
  await page.mouse.move(x + 0.3 * width, y + 0.1 * height);
  await page.mouse.down();
  await page.mouse.move(x + 0.28 * width, y + 0.6 * height, { steps: 8 });
  await page.mouse.up();
  await expect(stage.getByText('What the network gets: your drawing, 28 × 28.')).toBeVisible();
  await expect(answer(page).locator('.answer')).toHaveText('1', { timeout: 30_000 });
  await button(page, 'Undo line').click();
  await expect(stage.getByText('What the network gets: example 1 of the test part, 28 × 28.')).toBeVisible();

  await pad.focus();
  for (let n = 0; n < 3; n++) await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Space');
  for (let n = 0; n < 6; n++) await page.keyboard.press('Shift+ArrowDown');
  await expect(answer(page).locator('.answer')).toHaveText('1', { timeout: 30_000 });
  await page.keyboard.press('Delete');

  const bright = Buffer.from(pngBytes(60, 60, 1, new Uint8Array(3600).fill(255)));
  await stage
    .getByRole('group', { name: 'Image to try' })
    .drop({ files: [{ name: 'white.png', mimeType: 'image/png', buffer: bright }] });
  await expect(stage.getByText('What the network gets: white.png, 28 × 28.')).toBeVisible();
  await expectAccessible(page, 'Try it');
});
