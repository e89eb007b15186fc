import { expect, test } from './fixtures';
import { expectAccessible } from './axe';
import { button, cards, dropContents, expectFinished, expectReady, headline, setField, status } from './window';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

const training = (page: Page) => page.locator('[data-card]').filter({ hasText: 'α' });
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

test('early stopping ends a run with the weights of its best epoch', async ({ app: { page } }) => {
  await expectReady(page);
  await training(page).click();
  await setField(page, 'Learning rate', '0.5');
  await setField(page, 'Epochs', '2000');
  await inspector(page).getByLabel('Stop when the dev loss no longer falls').check();
  await setField(page, 'Patience', '3');
  await button(page, 'Train').click();
  await expect(status(page).getByRole('status')).toHaveText('Stopped early, best weights', { timeout: 30_000 });
  const [, epoch] = /epoch (\d+)/i.exec(await page.getByRole('banner').innerText()) ?? [];
  expect(Number(epoch)).toBeLessThan(2000);
  expect(await headline(page, 'dev accuracy')).toBeGreaterThan(50);
});

test('a rate that is far too high stops the run with layer, step and quantity; one click lowers it and goes on', async ({
  app: { page },
}) => {
  await expectReady(page);
  await button(page, 'File').click();
  await page.getByRole('menuitem', { name: 'Sine' }).click();
  await expect(page.getByLabel('Name of the experiment')).toHaveValue('sine');
  await expectReady(page);
  await cards(page).first().click();
  await inspector(page).getByLabel('Activation').selectOption('relu');
  await training(page).click();
  await setField(page, 'Learning rate', '1000');
  await button(page, 'Train').click();
  await expect(status(page).getByRole('status')).toHaveText('Diverged', { timeout: 30_000 });
  const message = page.getByTestId('problem').filter({ hasText: 'Training stopped' });
  await expect(message).toContainText(/Step \d+: \w+\[\d\] of layer \d \(dense\) is infinite; the step before it was/);
  await button(page, 'Lower the learning rate to 1 and go on').click();
  await expect(message).toHaveCount(0);
  await expect(inspector(page).getByRole('spinbutton', { name: 'Learning rate' })).toHaveValue('1');
});

test('a schedule lowers the rate along the run, and the gradient is clipped', async ({ app: { page } }) => {
  await expectReady(page);
  await training(page).click();
  await setField(page, 'Learning rate', '1');
  await setField(page, 'Epochs', '20');
  await inspector(page).getByRole('combobox', { name: 'Learning rate' }).selectOption('exponential');
  await setField(page, 'Clip norm', '0.01');
  await button(page, 'Train').click();
  await expectFinished(page);
  // 0.95^19 of the rate is left in the twentieth epoch.
  await expect(page.getByRole('img', { name: /^Learning rate from 1\.?0* to 0\.377/ })).toBeVisible();
});

test('each class gets a weight of its own: typed, marked on the curves, undone', async ({ app: { page } }) => {
  await expectReady(page);
  await dropContents(page, { name: 'penguins.csv', content: readFileSync('e2e/data/penguins.csv') });
  await expect(page.getByLabel('Name of the experiment')).toHaveValue('penguins');
  await expectReady(page);
  await training(page).click();
  const weight = inspector(page).getByRole('spinbutton', { name: 'Weight of Chinstrap' });
  await inspector(page).getByRole('combobox', { name: 'Class weights' }).selectOption('Balanced');
  await expect(inspector(page).getByRole('row', { name: /Chinstrap/ })).toContainText('1.67');
  await inspector(page).getByRole('combobox', { name: 'Class weights' }).selectOption('By class');
  await expect(weight).toHaveValue('1.674');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByRole('banner')).toContainText(/epoch 1 of/);
  await setField(page, 'Weight of Chinstrap', '3');
  await expect(inspector(page)).toContainText('On average a training example counts 1.26.');
  await expect(page.getByRole('img', { name: /^Loss/ })).toHaveAccessibleName(/weight of Chinstrap 1.674 → 3/);
  await expectAccessible(page, 'class weights', '[aria-label="Inspector"]');
  await page.getByRole('heading', { name: 'Layerlab' }).click();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(weight).toHaveValue('1.674');
  await button(page, 'Equal').click();
  await expect(weight).toHaveValue('1');
});
