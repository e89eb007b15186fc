import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { button, expectReady } from './window';

/** Whether anything lies beyond the right edge of the window. */
const scrollsSideways = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement ?? document.body;
    return Math.max(scrollWidth, document.body.scrollWidth) > clientWidth;
  });

const pane = (page: Page, name: string) => page.getByRole('radiogroup', { name: 'Pane' }).getByText(name);

/** The views by the arrow keys alone; each tab that has the focus is in sight. */
async function walkTabs(page: Page): Promise<void> {
  const tabs = page.getByRole('tablist', { name: 'Views' }).getByRole('tab');
  await tabs.first().focus();
  await page.keyboard.press('Home');
  for (const tab of await tabs.all()) {
    await expect(tab).toBeFocused();
    await expect(tab).toBeInViewport({ ratio: 0.9 });
    expect(await scrollsSideways(page), await tab.innerText()).toBe(false);
    await page.keyboard.press('ArrowRight');
  }
}

test('zoomed to 200 % one pane of settings stands beside the views, and nothing is out of reach', async ({
  app: { page },
}) => {
  // A window of 1440 × 900 at 200 %.
  await page.setViewportSize({ width: 720, height: 450 });
  await expectReady(page);
  await button(page, 'Step').click();
  await walkTabs(page);
  await expect(page.getByRole('navigation', { name: 'Pipeline' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeHidden();
  await pane(page, 'Settings').click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Pipeline' })).toBeHidden();
  await button(page, 'Menu').click();
  for (const item of ['Undo', 'Save', 'Export model…', 'Light or dark'])
    await expect(page.getByRole('menuitem', { name: item }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expectAccessible(page, '200 %');
});

test('in a window as narrow as a telephone one pane shows at a time, and F6 goes through them', async ({
  app: { page },
}) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await expectReady(page);
  const panes = [
    page.getByRole('main'),
    page.getByRole('complementary', { name: 'Inspector' }),
    page.getByRole('navigation', { name: 'Pipeline' }),
  ];
  await page.getByRole('tab', { name: 'Curves' }).focus();
  for (const shown of panes) {
    await expect(shown).toBeVisible();
    await expect(shown.locator(':focus')).toHaveCount(1);
    for (const other of panes.filter((each) => each !== shown)) await expect(other).toBeHidden();
    expect(await scrollsSideways(page)).toBe(false);
    await page.keyboard.press('F6');
  }
  await pane(page, 'Views').click();
  await walkTabs(page);
});
