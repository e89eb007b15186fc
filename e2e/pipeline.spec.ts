import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { button, cards, expectReady, setField, standing } from './window';

async function choosePreset(page: Page, name: string): Promise<void> {
  await button(page, 'Presets').click();
  await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
}

const titles = (page: Page): Promise<string[]> =>
  cards(page).evaluateAll((all) => all.map((card) => card.querySelector('.title')?.textContent ?? ''));

const network = (page: Page) => page.getByRole('tab', { name: 'Network' });
const unit = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name},`) });

test('layers are inserted, duplicated, switched off, dragged and deleted by mouse, and all of it undone', async ({
  app: { page },
}) => {
  await expectReady(page);
  await choosePreset(page, 'Planar');
  await expect.poll(() => titles(page)).toEqual(['Dense 4', 'Dense 1']);
  await expect(cards(page).first()).toContainText('4 × 2 + 4 = 12 parameters');
  await expect(cards(page).first()).toContainText('2 → 4');
  await expect(cards(page).first()).toContainText('kB');

  await button(page, 'Insert a layer as number 2').click();
  await page.getByRole('menuitem', { name: /^Dropout/ }).click();
  await expect.poll(() => titles(page)).toEqual(['Dense 4', 'Dropout', 'Dense 1']);

  await cards(page).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect.poll(() => titles(page)).toEqual(['Dense 4', 'Dense 4', 'Dropout', 'Dense 1']);

  await button(page, 'Switch this layer off').click();
  await expect(cards(page).nth(1)).toContainText('left out of the network');
  await expectReady(page);
  await expect(page.locator('[data-card]', { hasText: 'in all' })).toContainText('17 parameters in all');

  await cards(page).nth(2).dragTo(cards(page).first());
  await expect.poll(() => titles(page)).toEqual(['Dropout', 'Dense 4', 'Dense 4', 'Dense 1']);

  await button(page, 'Delete this layer').click();
  await expect.poll(() => titles(page)).toEqual(['Dense 4', 'Dense 4', 'Dense 1']);

  for (let n = 0; n < 5; n++) await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => titles(page)).toEqual(['Dense 4', 'Dense 1']);
});

test('a misfit is mended with one click, and the mending undone', async ({ app: { page } }) => {
  await expectReady(page);
  await cards(page).last().click();
  await setField(page, 'Units', '3');
  await expect(button(page, 'Train')).toBeDisabled();
  const pipeline = page.getByRole('navigation', { name: 'Pipeline' });
  await pipeline.getByRole('button', { name: 'Set units to 1' }).click();
  await expectReady(page);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(button(page, 'Train')).toBeDisabled();
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Set units to 1' }).click();
  await expectReady(page);

  await page.locator('[data-card]', { hasText: 'Loss' }).click();
  await page.getByRole('combobox', { name: 'Loss', exact: true }).selectOption({ label: 'Cross-entropy' });
  await pipeline.getByRole('button', { name: 'Use Logistic as the loss' }).click();
  await expectReady(page);
});

test('a weight is set by a click on its line, shows at once, and undo puts it back to the bit', async ({
  app: { page },
}) => {
  await expectReady(page);
  await choosePreset(page, 'Planar');
  await expectReady(page);
  for (let n = 0; n < 3; n++) await button(page, 'Step').click();
  await network(page).click();
  await expect(page.getByRole('heading', { name: '2 – 4 – 1' })).toBeVisible();
  await expect(unit(page, 'Unit 3 of layer 1')).toHaveAccessibleName(/weights .* from x1, .* from x2/);
  await expect.poll(() => standing(page)).toContain('step 3');
  const before = await standing(page);
  const spoken = await unit(page, 'Unit 3 of layer 1').getAttribute('aria-label');

  await page.locator('[data-weight="1-2-1"]').dispatchEvent('click');
  const panel = page.getByRole('region', { name: 'Numbers of unit 3 of layer 1' });
  const field = panel.getByRole('spinbutton', { name: 'W[1] 3,2' });
  await expect(field).toBeFocused();
  await field.fill('2.5');
  await field.press('Enter');
  await expect(unit(page, 'Unit 3 of layer 1')).toHaveAccessibleName(/2\.50 from x2/);
  await expect.poll(() => standing(page)).not.toBe(before);
  const after = await standing(page);

  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(unit(page, 'Unit 3 of layer 1')).toHaveAccessibleName(spoken!);
  await expect.poll(() => standing(page)).toBe(before);
  await page.getByRole('button', { name: /^Redo/ }).click();
  await expect(unit(page, 'Unit 3 of layer 1')).toHaveAccessibleName(/2\.50 from x2/);
  await expect.poll(() => standing(page)).toBe(after);
});

test('the diagram moves while training', async ({ app: { page } }) => {
  await expectReady(page);
  await network(page).click();
  const line = unit(page, 'Unit 1 of layer 1');
  await expect(line).toHaveAccessibleName(/from x1/);
  const before = await line.getAttribute('aria-label');
  await button(page, 'Train').click();
  await expect(line).not.toHaveAccessibleName(before!);
});

test('by keyboard alone: reorder, duplicate, switch off, mend, and set a bias', async ({ app: { page } }) => {
  await expectReady(page);
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
    });
  const tabTo = async (what: RegExp): Promise<void> => {
    for (let n = 0; n < 60; n++) {
      if (what.test(await focused())) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${what}`);
  };

  await tabTo(/^Dense 6/);
  await page.keyboard.press('d');
  await expect.poll(() => titles(page)).toEqual(['Dense 6', 'Dense 6', 'Dense 1']);
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => titles(page)).toEqual(['Dense 6', 'Dense 1', 'Dense 6']);
  await expect.poll(focused).toMatch(/^Dense 6/);
  await page.keyboard.press('o');
  await expect(cards(page).nth(2)).toContainText('left out of the network');
  await expectReady(page);

  // The layer that is off lies last; back on, it does not fit there.
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Switch on' }).waitFor();
  for (let n = 0; n < 6; n++) {
    if ((await focused()).startsWith('Switch on')) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect(button(page, 'Train')).toBeDisabled();
  await tabTo(/^Set units to 1/);
  await page.keyboard.press('Enter');
  await tabTo(/^Fit the output|^Give the output Sigmoid/);
  await page.keyboard.press('Enter');
  await expectReady(page);

  await tabTo(/^Curves$/);
  await page.keyboard.press('End');
  // Other views may lie behind it.
  for (let n = 0; n < 12; n++) {
    if ((await network(page).getAttribute('aria-selected')) === 'true') break;
    await page.keyboard.press('ArrowLeft');
  }
  await expect(network(page)).toHaveAttribute('aria-selected', 'true');
  await tabTo(/^Unit 1 of layer 1/);
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toMatch(/^Unit 2 of layer 1/);
  await page.keyboard.press('Enter');
  const bias = page.getByRole('spinbutton', { name: 'b[1] 2' });
  await expect(bias).toBeFocused();
  await page.keyboard.type('-0.75');
  await page.keyboard.press('Enter');
  await expect(unit(page, 'Unit 2 of layer 1')).toHaveAccessibleName(/bias −0\.750/);
  await page.keyboard.press('Escape');
  await expect.poll(focused).toMatch(/^Unit 2 of layer 1/);
});

test('a large network is drawn as blocks that select their layer', async ({ app: { page } }) => {
  await expectReady(page);
  await button(page, 'File').click();
  await page.getByRole('menuitem', { name: 'Small digits' }).click();
  await expect(page.getByLabel('Name of the experiment')).toHaveValue('small digits');
  await expectReady(page);
  await choosePreset(page, 'LeNet');
  await expect.poll(() => titles(page)).toContain('Dense 84');
  await network(page).click();
  const blocks = page.getByRole('list', { name: 'Layers of the network' }).getByRole('button');
  await expect(blocks).toHaveCount(8);
  await expect(blocks.nth(3)).toContainText('16 × 4 × 4');
  await expect(blocks.nth(3)).toContainText('2,416 parameters');
  await blocks.nth(3).click();
  await expect(cards(page).nth(2)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(blocks.nth(4)).toBeFocused();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the pipeline and the diagram, ${scheme}`, async ({ app: { page } }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const check = async (where: string): Promise<void> => {
      await expectAccessible(page, where);
    };
    await expectReady(page);
    await network(page).click();
    await unit(page, 'Unit 1 of layer 1').click();
    await check('units with an open one');
    await cards(page).first().click();
    await page.keyboard.press('o');
    await cards(page).last().click();
    await setField(page, 'Units', '3');
    await expect(button(page, 'Train')).toBeDisabled();
    await check('a misfit and a layer that is off');
    await button(page, 'Presets').click();
    await check('presets');
    await page.keyboard.press('Escape');
    await cards(page).first().click({ button: 'right' });
    await check('menu of a card');
    await page.keyboard.press('Escape');
    await cards(page).first().click();
    await setField(page, 'Units', '40');
    await page.keyboard.press('ControlOrMeta+z');
    await check('the diagram after an undo');
  });
}
