import { expectAccessible } from './axe';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { button, cards, expectReady, setField, standing, status } from './window';

const step = async (page: Page): Promise<number> => {
  const text = await status(page).innerText();
  return Number(/step\s+([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);
};

/** A run that no story sees the end of, however fast the machine is. */
async function longRun(page: Page): Promise<void> {
  await expectReady(page);
  await page.locator('[data-card]').last().click();
  await setField(page, 'Epochs', '1000000');
  await expect(page.getByRole('progressbar', { name: 'Epochs trained' })).toHaveAttribute('aria-valuemax', '1000000');
  // Out of the fields, which keep their keys.
  await page.getByRole('heading', { name: 'Layerlab' }).click();
}

async function trainABit(page: Page): Promise<void> {
  const before = await step(page);
  await button(page, 'Train').click();
  await expect.poll(() => step(page)).toBeGreaterThan(before + 20);
  await button(page, 'Pause').click();
  await expect(status(page).getByRole('status')).toHaveText('Paused');
}

test('an edit in the middle of a run keeps it going, and undo brings the very numbers back', async ({
  app: { page },
}) => {
  await longRun(page);
  await trainABit(page);
  await expect(status(page)).toContainText('dev');
  const before = await standing(page);
  const steps = await step(page);

  await cards(page).first().click();
  await setField(page, 'Units', '11');
  await expect(cards(page).first()).toContainText('Dense 11');
  await expect.poll(() => step(page)).toBe(steps);
  await expect.poll(() => standing(page)).not.toBe(before);
  await trainABit(page);
  await expect(page.getByRole('img', { name: /dense \d+ → 11, \d+ new/ })).toBeVisible();
  const after = await standing(page);

  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => standing(page)).toBe(before);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect.poll(() => standing(page)).toBe(after);

  await button(page, 'Reset').click();
  await expect.poll(() => step(page)).toBe(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => standing(page)).toBe(after);
});

test('a checkpoint is restored, and so is what was there before it', async ({ app: { page } }) => {
  await longRun(page);
  await trainABit(page);
  const kept = await standing(page);
  await page.getByRole('tab', { name: 'Runs' }).click();
  await button(page, 'Keep this moment').click();
  const name = page.getByLabel('Name of checkpoint 1');
  await name.fill('before the long run');
  await name.press('Enter');
  await page.getByRole('tab', { name: 'Runs' }).focus();
  await trainABit(page);
  const later = await standing(page);
  await button(page, 'Restore before the long run').click();
  await expect.poll(() => standing(page)).toBe(kept);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => standing(page)).toBe(later);
  await button(page, 'Delete before the long run').click();
  await expect(name).toHaveCount(0);
  await button(page, 'Undo').last().click();
  await expect(name).toBeVisible();

  await page.getByRole('tab', { name: 'Curves' }).click();
  const best = page.getByRole('button', { name: /^Go back to epoch [\d,]+, the best so far$/ });
  await best.click();
  await expect(page.getByRole('img', { name: /go back to the best epoch/ })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => standing(page)).toBe(later);
});

test('runs are listed, named, compared, laid over the curves and repeated to the bit', async ({ app: { page } }) => {
  await longRun(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => step(page)).toBe(1);
  await button(page, 'More ways to step').click();
  await page.getByRole('menuitem', { name: 'One epoch' }).click();
  await cards(page).first().click();
  await setField(page, 'Units', '5');
  await page.getByRole('heading', { name: 'Layerlab' }).click();
  await trainABit(page);
  const first = await standing(page);
  await button(page, 'Reset').click();
  await expect.poll(() => step(page)).toBe(0);
  await trainABit(page);

  await page.getByRole('tab', { name: 'Runs' }).click();
  const name = page.getByLabel('Name of run 1');
  await name.fill('five units');
  await name.press('Enter');
  await page.getByLabel('Show five units on the curves').check();
  await expect(page.getByRole('heading', { name: 'Differences of settings' })).toBeVisible();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expectAccessible(page, `the runs, ${scheme}`);
  }
  await page.getByRole('tab', { name: 'Curves' }).click();
  await expect(page.getByRole('img', { name: /five units/ }).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Runs' }).click();
  await button(page, 'Repeat five units exactly').click();
  await expect.poll(() => standing(page), { timeout: 30_000 }).toBe(first);
  await button(page, 'Delete five units').click();
  await expect(name).toHaveCount(0);
  await button(page, 'Undo').last().click();
  await expect(name).toBeVisible();
});
