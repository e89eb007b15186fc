import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { button, dropContents, dropFiles, expectReady, setField, status } from './window';

const penguins = join(dirname(fileURLToPath(import.meta.url)), 'data/penguins.csv');

test('rows without the target are answered while training goes on, and saved as CSV', async ({ app: { page } }) => {
  await expectReady(page);
  await dropFiles(page, penguins);
  await expect(page.getByRole('button', { name: /^Data.*penguins\.csv/ })).toBeVisible();
  await expectReady(page);
  await page.locator('[data-card]').last().click();
  await setField(page, 'Epochs', '1000000');
  await expectReady(page);
  await page.keyboard.press('Escape');
  await button(page, 'Train').click();

  const lines = readFileSync(penguins, 'utf8').trim().split(/\r?\n/).slice(0, 31);
  const target = lines[0]!.split(',').indexOf('species');
  const withoutTarget = lines.map((line) => line.split(',').filter((_, column) => column !== target));
  await dropContents(page, { name: 'new.csv', content: withoutTarget.map((cells) => cells.join(',')).join('\n') });
  const dialog = page.getByRole('dialog', { name: 'Predictions for new.csv' });
  await expect(dialog).toContainText('30 answers of species');
  await expect(dialog.getByRole('row')).toHaveCount(31);
  await expect(dialog.getByRole('columnheader', { name: 'p(Adelie)' })).toBeVisible();
  await expect(dialog).toContainText('Training has gone on since.');
  await expectAccessible(page, 'predictions', 'dialog');

  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as CSV' }).click();
  const saved = readFileSync(await (await saving).path(), 'utf8')
    .trim()
    .split('\n');
  expect(saved).toHaveLength(31);
  expect(saved[0]).toMatch(/^species,p\(Adelie\)/);
  await page.keyboard.press('Escape');
  await expect(status(page).getByRole('status')).toHaveText('Training');
  await button(page, 'Pause').click();
});
