import type { Page } from '@playwright/test';
import { button, cards } from '../../e2e/window';

/** What a person does to a window, as far as the bench needs it. */

export async function press(page: Page, name: string): Promise<void> {
  await button(page, name).click();
}

export async function show(page: Page, view: string): Promise<void> {
  await page.getByRole('tab', { name: view, exact: true }).click();
}

/** Trains at full speed and so long that the bench ends first. */
export async function trainOn(page: Page): Promise<void> {
  // The last card holds training.
  await page.locator('[data-card]').last().click();
  const epochs = page.getByRole('spinbutton', { name: 'Epochs', exact: true });
  await epochs.fill('1000000');
  await epochs.press('Tab');
  await page.getByRole('combobox', { name: 'Pace', exact: true }).selectOption('Full speed');
  await press(page, 'Train');
  await button(page, 'Pause').waitFor();
}

/** For about so long: cards looked at, views changed, a number typed and taken back. */
export async function useIt(page: Page, ms: number): Promise<void> {
  const end = performance.now() + ms;
  const all = cards(page);
  const count = await all.count();
  for (let turn = 0; performance.now() < end; turn++) {
    await all.nth(turn % count).click();
    await page.keyboard.press('ArrowDown');
    await show(page, ['Network', 'Runs', 'Curves'][turn % 3]!);
    await page.mouse.move(500 + (turn % 40) * 10, 400);
  }
}
