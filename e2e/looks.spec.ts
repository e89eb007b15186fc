import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { writeMnist } from './mnist-files';
import { button, cards, dropFiles, expectFinished, expectReady } from './window';

async function expectAxeClean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  }
}

test('filters and feature maps of a convolution, down to the sum behind a number', async ({
  app: { page, folder },
}) => {
  const { train, test: testFiles } = writeMnist(join(folder, 'mnist'), 300, 60);
  await expectReady(page);
  await dropFiles(page, ...train, ...testFiles);
  await expect(page.getByRole('button', { name: /^Data.*28 × 28/ })).toBeVisible();
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: /^LeNet-like/ }).click();
  await expect(cards(page).first()).toContainText('Conv2d 6');
  await expectReady(page);

  await page.getByRole('tab', { name: 'Weights' }).click();
  const filters = page.getByRole('list', { name: 'filters of W[1] as pictures' });
  await expect(filters.getByRole('button')).toHaveCount(6);
  await filters.getByRole('button', { name: 'filter 3' }).click();
  const large = page.getByRole('region', { name: 'filter 3' });
  await large.getByRole('img').press('ArrowRight');
  await expect(large).toContainText(/W\[1\] of filter 3, row 1, column 1: −?[\d.e-]+, gradient −?\d/);
  await page.getByLabel('Array').selectOption({ label: 'W[5] · dense · 120 × 400' });
  await expect(page.getByRole('list', { name: 'units of W[5] as pictures' }).getByRole('button')).toHaveCount(48);
  await button(page, 'Next units').click();
  await expect(page.getByText('units 49 to 96 of 120')).toBeVisible();
  await expectAxeClean(page);

  await page.getByRole('tab', { name: 'Activations' }).click();
  const maps = page.getByRole('list', { name: 'Feature maps of layer 1' });
  await expect(maps.getByRole('button')).toHaveCount(6);
  await maps.getByRole('button', { name: /^map 2,/ }).click();
  const map = page.getByRole('region', { name: 'Map 2 of layer 1' });
  const picture = map.getByRole('img', { name: /^Map 2 of layer 1, 28 by 28/ });
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter']) await picture.press(key);
  const reading = await map.getByText(/^map 2, row 2, column 2: a = /).innerText();
  const z = Number(/z = (\S+)$/.exec(reading)![1]!.replace('−', '-'));
  await expectAxeClean(page);
  await page.getByLabel('Stop at').selectOption('Wrong answers');
  await expect(page.getByRole('status').filter({ hasText: 'answered' })).toContainText('wrong');
  await page.getByLabel('Stop at').selectOption('Any example');
  await page.getByLabel('Number of the example').fill('1');
  await expect(map.getByText(`z = ${/z = (\S+)$/.exec(reading)![1]!}`)).toBeVisible();

  await page.getByRole('button', { name: 'See the sum of row 2, column 2 in Maths' }).click();
  const chosen = page.getByRole('gridcell', { selected: true });
  await expect(chosen).toBeVisible();
  // Of float64, where the run computes in float32.
  expect(Number(await chosen.getAttribute('title'))).toBeCloseTo(z, 4);
});

test('a relu unit that was put out is found, and histograms grow while training', async ({ app: { page } }) => {
  await expectReady(page);
  await cards(page).first().click();
  await page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Activation').selectOption('relu');
  await expectReady(page);
  await page.getByRole('tab', { name: 'Network' }).click();
  await page.locator('[data-unit="1-2"]').click();
  const bias = page.getByRole('region', { name: 'Numbers of unit 3 of layer 1' }).getByRole('spinbutton').last();
  await bias.fill('-1000');
  await bias.press('Tab');

  await page.getByRole('tab', { name: 'Weights' }).click();
  await page.getByText('Gradient flow').click();
  const row = page.getByRole('row', { name: /^1 · dense · relu/ });
  await expect(row).toContainText('1 of 6 dead');
  await expect(row.getByRole('cell').last()).toContainText('unit 3');
  await expect(page.getByRole('row', { name: /^W\[1\]/ })).toBeVisible();
  await button(page, 'Train').click();
  await expectFinished(page);
  await expect(page.getByRole('img', { name: /^Norm of the gradient of each layer over epochs 0/ })).toBeVisible();
  await expectAxeClean(page);

  await page.getByRole('radiogroup', { name: 'Look at the weights' }).getByText('Over time').click();
  for (const quantity of ['Weights', 'Activations', 'Gradients', 'Updates']) {
    await page.getByText(quantity, { exact: true }).last().click();
    const first = page.getByRole('img', { name: /^Histograms of / }).first();
    await expect(first).toHaveAttribute('aria-label', /from epoch 0 to 1\d\d\. First: .*\. Last: /);
  }
  await expectAxeClean(page);
  await page.getByRole('tab', { name: 'Activations' }).click();
  await page.getByText('Many examples').click();
  await expect(page.getByRole('img', { name: /^a\[1\] of 6 units for 256 examples sorted by class/ })).toBeVisible();
  await expectAxeClean(page);
});
