import { expect, test } from './fixtures';
import { addLayer, button, cards, expectReady, setField } from './window';

test('every edit of the network can be undone and redone', async ({ app: { page } }) => {
  await expectReady(page);
  const layers = cards(page);
  const before = await layers.allInnerTexts();

  await layers.first().click();
  await setField(page, 'Units', '11');
  await expect(layers.first()).toContainText('Dense 11');
  await expect(layers.first()).toContainText('11 × 2 + 11 = 33 parameters');
  await addLayer(page, 'Dense');
  await expect(layers).toHaveCount(before.length + 1);
  const edited = await layers.allInnerTexts();

  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => layers.allInnerTexts()).toEqual(before);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await page.keyboard.press('ControlOrMeta+y');
  await expect.poll(() => layers.allInnerTexts()).toEqual(edited);
});

test('layers are reordered and deleted by keyboard', async ({ app: { page } }) => {
  await expectReady(page);
  const layers = cards(page);
  await addLayer(page, 'Dense');
  const count = await layers.count();
  await layers.nth(0).click();
  const first = (await layers.nth(0).innerText()).split('\n')[0]!;
  await page.keyboard.press('Alt+ArrowDown');
  await expect(layers.nth(1)).toContainText(first);
  await page.keyboard.press('Delete');
  await expect(layers).toHaveCount(count - 1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(layers).toHaveCount(count);
});

test('a misfit is named on the card and nothing can be trained until it is mended', async ({ app: { page } }) => {
  await expectReady(page);
  const last = cards(page).last();
  await last.click();
  await setField(page, 'Units', '3');
  await expect(last).toContainText(/expects|needs/);
  await expect(button(page, 'Train')).toBeDisabled();
  await page.getByRole('tab', { name: 'Boundary' }).click();
  await expect(page.getByRole('main')).toContainText(/The points alone, without a network: .*(expects|needs)/);
  await page.getByRole('tab', { name: 'Curves' }).click();
  await page.keyboard.press('ControlOrMeta+z');
  await expectReady(page);
});

test('shortcuts rest while a field is being typed in', async ({ app: { page } }) => {
  await expectReady(page);
  const name = page.getByLabel('Name of the experiment');
  await name.fill('r r ?');
  await name.press('Space');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(button(page, 'Train')).toBeVisible();
});
