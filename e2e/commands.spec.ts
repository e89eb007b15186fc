import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { button, cards, expectReady, status } from './window';

const palette = (page: Page) => page.getByRole('dialog', { name: 'All commands' });
const chosen = (page: Page) => palette(page).getByRole('option', { selected: true });
const search = (page: Page) => page.getByRole('combobox', { name: 'Search the commands' });
const steps = (page: Page) => status(page).getByText(/^step/);

test('the palette finds a command by a few letters, does it, and begins with it the next time', async ({
  app: { page },
}) => {
  await expectReady(page);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(palette(page)).toBeVisible();
  await page.keyboard.type('gtm');
  await expect(chosen(page)).toContainText('Go to Maths');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Maths' })).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('ControlOrMeta+k');
  await expect(chosen(page)).toContainText('Go to Maths');
  await expectAccessible(page, 'the palette', 'dialog');
  await page.keyboard.type('redo');
  await expect(chosen(page)).toContainText('Nothing was undone.');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeVisible();
  await search(page).fill('new on sample spiral');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Data.*spirals/ })).toBeVisible();

  const train = button(page, 'Train');
  await train.focus();
  await page.keyboard.press('ControlOrMeta+k');
  await search(page).fill('qqqq');
  await expect(palette(page)).toContainText('Nothing is called so');
  await page.keyboard.press('Escape');
  await expect(train).toBeFocused();
});

test('a digit goes to the view of its tab, and a right click offers what can be done with a run', async ({
  app: { page },
}) => {
  await expectReady(page);
  await page.keyboard.press('ArrowRight');
  await expect(steps(page)).toHaveText('step 1');
  const tabs = page.getByRole('tablist', { name: 'Views' }).getByRole('tab');
  await page.keyboard.press('2');
  await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ControlOrMeta+k');
  await search(page).fill('go to runs');
  await page.keyboard.press('Enter');
  await page.getByLabel('Name of run 1').click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'What to do with Run 1' });
  await expect(menu.getByRole('menuitem', { name: /^Delete/ })).toBeDisabled();
  await menu.getByRole('menuitem', { name: 'Pin' }).click();
  await expect(page.getByRole('button', { name: 'Unpin Run 1' })).toBeVisible();
});

/** One of every kind that a person can type or choose in. */
const FIELDS = [
  ...['text', 'search', 'number', 'email', 'url', 'tel', 'password', 'date', 'time'].map(
    (type) => `<input type="${type}">`,
  ),
  '<textarea></textarea>',
  '<div contenteditable="true"></div>',
  '<div contenteditable="plaintext-only"></div>',
  '<div role="textbox" tabindex="0"></div>',
  '<div role="searchbox" tabindex="0"></div>',
  '<div role="spinbutton" tabindex="0" aria-valuenow="1"></div>',
  '<input role="combobox">',
  '<select><option>one</option><option>two</option></select>',
];

test('nothing is triggered while a field of any kind is typed in', async ({ app: { page } }) => {
  await expectReady(page);
  await cards(page).first().click();
  const layers = await cards(page).allInnerTexts();
  for (const field of FIELDS) {
    await page.evaluate((html) => {
      document.getElementById('typed-in')?.remove();
      const holder = document.createElement('div');
      holder.id = 'typed-in';
      holder.innerHTML = html;
      document.body.append(holder);
      (holder.firstElementChild as HTMLElement).focus();
    }, field);
    for (const key of [' ', 'r', 'e', 'k', 'b', 'd', 'o', '?', '1', '4', 'Delete', 'Backspace', 'ArrowRight'])
      await page.keyboard.press(key === ' ' ? 'Space' : key);
    // Choosing by letter leaves the focus where it is.
    expect(await page.evaluate(() => document.activeElement?.closest('#typed-in') !== null), field).toBe(true);
    await expect(page.getByRole('dialog'), field).toHaveCount(0);
    await expect(steps(page), field).toHaveText('step 0');
    await expect(page.getByRole('tab', { name: 'Curves' }), field).toHaveAttribute('aria-selected', 'true');
    expect(await cards(page).allInnerTexts(), field).toEqual(layers);
  }
  await page.evaluate(() => document.getElementById('typed-in')?.remove());
});
