import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { button, dropFiles, expectReady } from './window';

const penguins = join(dirname(fileURLToPath(import.meta.url)), 'data/penguins.csv');

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds no violation in any view, ${scheme}`, async ({ app: { page } }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const check = async (where: string): Promise<void> => {
      await expectAccessible(page, where);
    };
    await expectReady(page);
    await check('first launch');
    for (let n = 0; n < 3; n++) await button(page, 'Step').click();
    for (const view of ['Curves', 'Data', 'Boundary']) {
      await page.getByRole('tab', { name: view }).click();
      await check(`${view} of the flower`);
    }
    await dropFiles(page, penguins);
    await expect(page.getByRole('list', { name: 'Layers' }).getByText('Dense 3')).toBeVisible();
    for (const view of ['Curves', 'Data', 'Boundary']) {
      await page.getByRole('tab', { name: view }).click();
      await check(`${view} of the penguins`);
    }
    for (const card of await page.locator('[data-card]').all()) {
      await card.click();
      await check(`inspector of ${(await card.innerText()).split('\n')[0]}`);
    }
    for (const key of ['ControlOrMeta+e', 'ControlOrMeta+Shift+s', 'ControlOrMeta+o', '?']) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      await check(`dialog of ${key}`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  });
}

test('what is chosen and how far it is shows in the colours of a contrast theme too', async ({ app: { page } }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await expectReady(page);
  await button(page, 'Step').click();
  const style = (selector: string, property: string, pseudo?: string): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate(
        (node, [name, of]) => getComputedStyle(node, of || null).getPropertyValue(name!),
        [property, pseudo ?? ''],
      );
  const paper = await style('body', 'background-color');
  expect(await style('[data-card][aria-current=true]', 'outline-style')).toBe('solid');
  expect(await style('[data-card][aria-current=false]', 'outline-style')).toBe('none');
  expect(await style('[role=tab][aria-selected=true]', 'background-color', '::after')).not.toBe(paper);
  expect(await style('[role=progressbar] > *', 'background-color')).not.toBe(paper);
  await page.getByRole('tab', { name: 'Boundary' }).click();
  // Its canvas keeps the theme's paper under the theme's ink.
  expect(await style('main canvas', 'background-color')).toBe('rgb(255, 255, 255)');
});
