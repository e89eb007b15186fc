import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { button, dropFiles, expectFinished, expectReady } from './window';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '../src-main/decode/testing/fixtures');
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

test('a workbook is dropped, its second sheet chosen and trained, and undo brings the first back', async ({
  app: { page },
}) => {
  await expectReady(page);
  await dropFiles(page, join(fixtures, 'seasons.xlsx'));
  const sheet = inspector(page).getByLabel('Sheet', { exact: true });
  await expect(sheet).toHaveValue('Spring');
  await sheet.selectOption('Autumn');
  await expect(sheet).toHaveValue('Autumn');
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(sheet).toHaveValue('Spring');
});

test('Parquet is dropped like any table; a hostile file is refused in words, and the next good one loads', async ({
  app: { page },
}) => {
  await expectReady(page);
  await dropFiles(page, join(fixtures, 'measurements-zstd.parquet'));
  await expect(inspector(page).getByText('measurements-zstd.parquet')).toBeVisible();
  await expectReady(page);
  await dropFiles(page, join(fixtures, 'many-rows.parquet'));
  await expect(page.getByTestId('problem')).toContainText('many-rows.parquet was not loaded', { timeout: 60_000 });
  await expect(inspector(page).getByText('measurements-zstd.parquet')).toBeVisible();
  await dropFiles(page, join(fixtures, 'measurements-openpyxl.xlsx'));
  await expect(inspector(page).getByText('measurements-openpyxl.xlsx')).toBeVisible();
  await expectReady(page);
});

test('split, columns and fills are set by keyboard and undone', async ({ app: { page } }) => {
  await expectReady(page);
  await dropFiles(page, join(dirname(fixtures), '../../../e2e/data/penguins.csv'));
  await expectReady(page);
  const panel = inspector(page);

  await panel.getByLabel('Method of the split').focus();
  await page.keyboard.press('k');
  await expect(panel.getByLabel('Folds', { exact: false }).first()).toHaveValue('5');
  await expect(panel.getByRole('spinbutton', { name: /^Fold$/ })).toHaveValue('1');
  await expectReady(page);
  await panel.getByLabel('Method of the split').selectOption('order');
  await expect(panel.getByLabel('What rows are sorted by')).toHaveValue('');
  await expectReady(page);

  const settings = panel.getByRole('button', { name: 'Settings of bill_length_mm' });
  await settings.focus();
  await page.keyboard.press('Enter');
  await expect(settings).toHaveAttribute('aria-expanded', 'true');
  const missing = panel.getByLabel('Missing values of bill_length_mm');
  await missing.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(missing).toHaveValue('median');
  await expectReady(page);
  await panel.getByLabel('Scaling of bill_length_mm').selectOption('none');
  await expectReady(page);
  await settings.focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(panel.getByLabel('Scaling of bill_length_mm')).toHaveValue('');
  await expect(missing).toHaveValue('median');
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
});
