import { expect, test } from './fixtures';
import { button, cards, expectFinished, expectReady, headline } from './window';

test('first launch: one click trains the flower above 85 % dev accuracy', async ({ app: { page } }) => {
  await expectReady(page);
  await expect(cards(page)).not.toHaveCount(0);
  await button(page, 'Train').click();
  await expectFinished(page);
  expect(await headline(page, 'dev accuracy')).toBeGreaterThan(85);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('the same story by keyboard alone', async ({ app: { page } }) => {
  await expectReady(page);
  await page.keyboard.press('Space');
  await expectFinished(page);
  expect(await headline(page, 'dev accuracy')).toBeGreaterThan(85);
});

test('the keyboard reaches the Train button, and it says what it does', async ({ app: { page } }) => {
  await expectReady(page);
  const train = button(page, 'Train');
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab');
    if (await train.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(train).toBeFocused();
  await page.keyboard.press('Enter');
  await expectFinished(page);
});

test('step, reset and pause do what they say', async ({ app: { page } }) => {
  await expectReady(page);
  const steps = page.getByRole('contentinfo').getByText(/^step/);
  await button(page, 'Step').click();
  await expect(steps).toHaveText('step 1');
  await button(page, 'Step').click();
  await expect(steps).toHaveText('step 2');
  await button(page, 'Reset').click();
  await expect(steps).toHaveText('step 0');
  await button(page, 'Train').click();
  await button(page, 'Pause').click();
  await expect(button(page, 'Train')).toBeVisible();
  const paused = await steps.innerText();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(steps).toHaveText(paused);
});
