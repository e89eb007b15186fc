import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { button, cards, expectReady } from './window';

test('a sweep over learning rate and units: a map, a table, the best one used and undone', async ({
  app: { page },
}) => {
  await expectReady(page);
  await page.keyboard.press('s');
  await expect(page.getByRole('tab', { name: 'Sweep' })).toHaveAttribute('aria-selected', 'true');
  const first = page.getByRole('group', { name: 'First setting: Learning rate' });
  await first.getByRole('spinbutton', { name: 'Values' }).fill('3');
  await expect(first).toContainText('0.05 · 0.5 · 5');
  await button(page, 'Second setting').click();
  const second = page.getByRole('group', { name: 'Second setting: Layer 1 units' });
  await second.getByRole('spinbutton', { name: 'Values' }).fill('2');
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('10');
  await expect(page.getByRole('status').filter({ hasText: '6 runs of 10 epochs' })).toBeVisible();

  await button(page, 'Start the sweep').click();
  await expect(button(page, 'Start the sweep')).toBeVisible({ timeout: 30_000 });
  const map = page.getByRole('region', { name: 'Results over both settings' });
  await expect(map.getByRole('button')).toHaveCount(6);
  await expect(map.getByRole('button', { name: /best/ })).toHaveCount(1);
  const table = page.getByRole('region', { name: 'Runs of the sweep' });
  await expect(table.getByRole('row')).toHaveCount(7);
  await expect(table.getByRole('row').nth(1)).toContainText('best');
  await table.getByRole('button', { name: 'Layer 1 units', exact: true }).click();
  await expect(table.getByRole('columnheader', { name: 'Layer 1 units' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(table.getByRole('row').nth(1).getByRole('cell').nth(1)).toHaveText('3');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page, `form and results, ${colorScheme}`, '.stage');
  }

  await expect(cards(page).first()).toContainText('Dense 6');
  await map
    .getByRole('row', { name: /^0\.5 / })
    .getByRole('button')
    .last()
    .click();
  await button(page, 'Use this one').click();
  await expect(cards(page).first()).toContainText('Dense 12');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(cards(page).first()).toContainText('Dense 6');

  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('button', { name: /^Sweep 1: learning rate × layer 1 units 6 runs/ }).click();
  await expect(page.getByRole('textbox', { name: /^Name of run/ })).toHaveCount(6);
  await expectAccessible(page, 'the list of runs', '.stage');
});

test('a sweep that is stopped in the middle keeps what is finished, and the run on the screen goes on', async ({
  app: { page },
}) => {
  await expectReady(page);
  await page.getByRole('tab', { name: 'Sweep' }).click();
  await page.getByText('Drawn at random').click();
  await page.getByRole('spinbutton', { name: 'Runs' }).fill('300');
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('60');
  await button(page, 'Start the sweep').click();
  await button(page, 'Train').click();
  const done = page.getByRole('status').filter({ hasText: /[1-9]\d* of 300 runs done/ });
  await expect(done).toBeVisible({ timeout: 30_000 });
  await button(page, 'Stop').click();
  await expect(button(page, 'Start the sweep')).toBeVisible();
  const table = page.getByRole('region', { name: 'Runs of the sweep' });
  const kept = (await table.getByRole('row').count()) - 1;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(300);
  await expect(page.getByRole('img', { name: /runs over learning rate, from / })).toBeVisible();
  await expectAccessible(page, 'a random sweep', '.stage');
  await button(page, 'Delete').click();
  await expect(table).toBeHidden();
  await button(page, 'Undo').last().click();
  await expect(table.getByRole('row')).toHaveCount(kept + 1);
});
