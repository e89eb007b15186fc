import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from './fixtures';
import { button, dropContents, dropFiles, expectReady } from './window';

const penguins = join(dirname(fileURLToPath(import.meta.url)), 'data/penguins.csv');

async function expectAccessible(page: Page): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).include('.stage').analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      scheme,
    ).toEqual([]);
  }
}

test('a cell of the confusion matrix lists its penguins; one is relabelled from there, and undo takes it back', async ({
  app: { page },
}) => {
  await expectReady(page);
  await dropFiles(page, penguins);
  await expect(page.getByRole('list', { name: 'Layers' }).getByText('Dense 3')).toBeVisible();
  await expectReady(page);
  for (let n = 0; n < 5; n++) await button(page, 'Step').click();
  await page.getByRole('tab', { name: 'Mistakes' }).click();
  await page
    .getByRole('radiogroup', { name: 'Part' })
    .getByText(/^train/)
    .click();
  const matrix = page.getByRole('grid', { name: /^Confusion matrix: \d+ of 2\d\d examples right/ });
  const wrong = matrix.getByRole('gridcell', { name: /answered as \w+: [1-9]/ }).first();
  const count = Number(await wrong.innerText());
  await wrong.focus();
  await page.keyboard.press('Enter');
  const examples = page.getByRole('grid', { name: 'Examples', exact: true });
  await expect(examples.getByRole('row')).toHaveCount(Math.min(count, 40) + 1);
  await expectAccessible(page);

  await examples.getByRole('row').nth(1).click();
  await page.keyboard.press('2');
  await expect(page.getByText('1 relabelled')).toBeVisible();
  await expectReady(page);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText('1 relabelled')).toHaveCount(0);
  await examples.getByRole('row').nth(1).click();
  await page.keyboard.press('Delete');
  await expect(page.getByText('1 left out')).toBeVisible();

  await page.getByRole('slider', { name: /^ROC curve of \w+ against the rest: AUC/ }).press('ArrowRight');
  await expect(page.getByText(/^Threshold .* finds/)).toBeVisible();
  await expect(
    page.getByRole('img', { name: /^Reliability of all answers, expected calibration error/ }),
  ).toBeVisible();
});

test('a regression shows its residuals, the largest first', async ({ app: { page } }) => {
  await expectReady(page);
  const rows = Array.from(
    { length: 90 },
    (_, n) => `${n % 9},${n % 7},${3 * (n % 9) - 2 * (n % 7) + (n === 40 ? 60 : 0)}`,
  );
  await dropContents(page, { name: 'prices.csv', content: ['size,age,price', ...rows].join('\n') });
  await expect(page.getByText(/price is the target because/).first()).toBeVisible();
  await expectReady(page);
  await page.getByRole('tab', { name: 'Mistakes' }).click();
  await page
    .getByRole('radiogroup', { name: 'Part' })
    .getByText(/^train/)
    .click();
  await expect(page.getByRole('img', { name: /^Residuals y − ŷ of \d+ examples/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Predicted against true price/ })).toBeVisible();
  const losses = await page
    .getByRole('grid', { name: 'Examples', exact: true })
    .getByRole('row')
    .locator('td:nth-child(4)')
    .allInnerTexts();
  const numbers = losses.map(Number);
  expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
  await expectAccessible(page);
});
