import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { writeLargeTable } from './large-table';
import { button, dropFiles, expectFinished, expectReady, headline } from './window';

const penguins = join(dirname(fileURLToPath(import.meta.url)), 'data/penguins.csv');

/** Opens the Data view and one of its sides. */
async function look(page: Page, side: string): Promise<void> {
  await page.getByRole('tab', { name: 'Data' }).click();
  await page.getByRole('radio', { name: side, exact: true }).check({ force: true });
}

async function dropPenguins(page: Page): Promise<void> {
  await expectReady(page);
  await dropFiles(page, penguins);
  await expect(page.getByRole('list', { name: 'Layers' }).getByText('Dense 3')).toBeVisible();
  await expectReady(page);
}

/** The row of the grid with this number. */
function row(page: Page, number: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${number} `) }) });
}

const dataCard = (page: Page): Locator => page.getByRole('navigation', { name: 'Pipeline' });

test('row 90,000 of a dropped table is shown as it stands in the file, sorted rows come in order, and a filter finds its rows', async ({
  app: { page, folder },
}) => {
  test.setTimeout(180_000);
  const path = join(folder, 'large.csv');
  writeLargeTable(path, 100_000);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  await expectReady(page);
  await dropFiles(page, path);
  await expect(dataCard(page).getByText(/100,000 rows/)).toBeVisible({ timeout: 60_000 });
  await look(page, 'Rows');
  await page.getByLabel('Go to row').fill('90,000');
  await page.getByLabel('Go to row').press('Enter');
  const cells = row(page, '90,000').getByRole('gridcell');
  const expected = lines[90_000]!.split(',').map(Number);
  await expect.poll(async () => Number(await cells.first().innerText())).toBe(expected[0]);
  expect(Number(await cells.nth(1).innerText())).toBe(expected[1]);

  // Few rows are in the page, however many there are.
  expect(await page.getByRole('grid').getByRole('row').count()).toBeLessThan(80);

  const values = lines.slice(1).map((line) => Number(line.split(',')[0]));
  await page.getByRole('columnheader', { name: /^x1\b/ }).getByRole('button').click();
  const first = page.getByRole('row').nth(1).getByRole('gridcell').first();
  const least = values.reduce((a, b) => Math.min(a, b));
  // The row that was selected is looked for in the new order; a key pressed meanwhile leads where it leads.
  await page.getByRole('grid', { name: 'Rows' }).press('Control+Home');
  await expect.poll(async () => Number(await first.innerText())).toBe(least);

  await page.getByRole('searchbox', { name: 'Find rows' }).fill('x1>4.9 x2<-4.9');
  await page.getByRole('searchbox', { name: 'Find rows' }).press('Enter');
  const found = lines.slice(1).filter((line) => {
    const [x1, x2] = line.split(',').map(Number);
    return x1! > 4.9 && x2! < -4.9;
  });
  await expect(page.getByText(`${found.length} of 100,000 rows`)).toBeVisible();
});

test('a role is changed by keyboard, takes effect at once and is undone', async ({ app: { page } }) => {
  await dropPenguins(page);
  await look(page, 'Overview');
  const role = page.getByRole('main').getByLabel('Role of sex');
  await role.focus();
  await page.keyboard.press('i');
  await expect(role).toHaveValue('ignore');
  await expect(dataCard(page).getByText(/5 features/)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(dataCard(page).getByText(/6 features/)).toBeVisible();
  await expect(role).toHaveValue('feature');

  // The rest of a column's settings is one key away.
  await page.getByRole('main').getByRole('button', { name: 'bill_length_mm' }).press('Enter');
  const settings = page.getByRole('group', { name: 'Settings of bill_length_mm' });
  await expect(settings.getByRole('combobox', { name: 'Type of bill_length_mm' })).toBeFocused();
  await settings.getByRole('combobox', { name: 'Missing values of bill_length_mm' }).selectOption('median');
  await page.getByRole('main').getByRole('button', { name: 'island' }).click();
  await expect(page.getByRole('group', { name: 'Settings of island' })).toBeVisible();
  await expect(settings).toBeHidden();
});

test('copies are left out with one click', async ({ app: { page, folder } }) => {
  const path = join(folder, 'twice.csv');
  const lines = Array.from({ length: 40 }, (_, n) => `${n % 37},${(n % 37) * 3},${n % 37 < 18 ? 'low' : 'high'}`);
  writeFileSync(path, `a,b,kind\n${lines.join('\n')}\n`);
  await expectReady(page);
  await dropFiles(page, path);
  await look(page, 'Overview');
  await page.getByRole('button', { name: 'Leave out 3 copies' }).click();
  await expect(page.getByRole('main').getByRole('button', { name: /copies/ })).toBeHidden();
  await expect(page.getByText(/40 rows, 37 used/)).toBeVisible();
});

test('a row is left out and another relabelled by keys, in the scatter one by the pointer, and undo takes all of it back', async ({
  app: { page },
}) => {
  await dropPenguins(page);
  await look(page, 'Rows');
  const grid = page.getByRole('grid', { name: 'Rows' });
  await row(page, '2').getByRole('gridcell').first().click();
  await expect(grid).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(dataCard(page).getByText(/343 rows/)).toBeVisible();
  await expect(row(page, '2').getByRole('rowheader')).toHaveText(/left out/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('3');
  await expect(row(page, '3').getByRole('gridcell').first()).toHaveText('Gentoo');
  await expect(page.getByText('1 left out, 1 relabelled')).toBeVisible();
  // The layer that was selected is not what Delete was meant for.
  await expect(page.getByRole('list', { name: 'Layers' }).getByText('Dense 3')).toBeVisible();

  await grid.click({ button: 'right', position: { x: 200, y: 150 } });
  await page.getByRole('menuitem', { name: /^Leave out row/ }).click();
  await expect(page.getByText('2 left out, 1 relabelled')).toBeVisible();

  await look(page, 'Scatter');
  const picture = page.getByRole('application');
  await picture.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('group', { name: 'The selected example' }).getByRole('button', { name: 'Leave out' }).click();
  await expect(page.getByText('3 left out, 1 relabelled')).toBeVisible();

  for (let n = 0; n < 4; n++) await page.keyboard.press('ControlOrMeta+z');
  await expect(dataCard(page).getByText(/344 rows/)).toBeVisible();
  await look(page, 'Rows');
  await expect(row(page, '3').getByRole('gridcell').first()).toHaveText('Adelie');
});

test('the network sees scaled numbers and one-hot categories of the same rows', async ({ app: { page } }) => {
  await dropPenguins(page);
  await look(page, 'Rows');
  await page.getByRole('radio', { name: 'As the network sees them' }).check({ force: true });
  await expect(page.getByRole('columnheader', { name: /^island = Biscoe/ })).toBeVisible();
  const cells = row(page, '1').getByRole('gridcell');
  // The first penguin lives on Torgersen.
  await expect(cells.nth(0)).toHaveText('0');
  await expect(cells.nth(1)).toHaveText('0');
  await expect(cells.nth(2)).toHaveText('1');
});

test('XOR painted by hand is learned; a stroke is undone as one, and keys paint too', async ({ app: { page } }) => {
  await expectReady(page);
  await button(page, 'File').click();
  await page.getByRole('menuitem', { name: 'Paint your own' }).click();
  const plane = page.getByRole('application');
  await expect(plane).toBeVisible();
  await expect(page.getByText(/There are no points to learn from/).first()).toBeVisible();
  const box = (await plane.boundingBox())!;
  const at = (x: number, y: number) => ({ x: box.width * x, y: box.height * y });
  for (const [key, corners] of [
    ['1', [at(0.3, 0.25), at(0.75, 0.7)]],
    ['2', [at(0.75, 0.25), at(0.3, 0.7)]],
  ] as const) {
    await plane.focus();
    await page.keyboard.press(key);
    for (const { x, y } of corners) {
      await page.mouse.move(box.x + x - 25, box.y + y);
      await page.mouse.down();
      await page.mouse.move(box.x + x + 40, box.y + y + 20, { steps: 12 });
      await page.mouse.up();
    }
  }
  await expect(page.getByText(/points: \d+ of A, \d+ of B/)).toBeVisible();
  const painted = await page.getByText(/points: \d+ of A, \d+ of B/).innerText();
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  expect(await headline(page, 'train accuracy')).toBe(100);

  await page.getByRole('tab', { name: 'Data' }).click();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText(painted)).toBeHidden();
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(page.getByText(painted)).toBeVisible();
  await plane.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/, 1 of C/)).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(page.getByText(painted)).toBeVisible();
});

test('numbers are painted over the plane with a value of choice, and learned', async ({ app: { page } }) => {
  await expectReady(page);
  await button(page, 'File').click();
  await page.getByRole('menuitem', { name: 'Paint your own' }).click();
  await page.getByRole('radio', { name: 'Numbers' }).check({ force: true });
  const plane = page.getByRole('application');
  // From left to right, from the lowest number to the highest.
  await plane.focus();
  for (let n = 0; n < 8; n++) await page.keyboard.press('ArrowLeft');
  for (const digit of ['1', '3', '5', '7', '9']) {
    await page.keyboard.press(digit);
    await page.keyboard.press('Enter');
    for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowRight');
  }
  await expect(page.getByRole('status').filter({ hasText: '5 points' })).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Number that is painted' })).toHaveValue('1');
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  await page.getByRole('tab', { name: 'Data' }).click();
  await page.getByRole('radio', { name: 'Rows', exact: true }).check({ force: true });
  for (const [index, value] of ['-1', '-0.5', '0', '0.5', '1'].entries()) {
    await expect(
      row(page, String(index + 1))
        .getByRole('gridcell')
        .nth(2),
    ).toHaveText(value);
  }
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds no violation on any side of the data, ${scheme}`, async ({ app: { page } }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const check = async (where: string): Promise<void> => {
      await expectAccessible(page, where);
    };
    await dropPenguins(page);
    for (const side of ['Overview', 'Rows', 'Scatter']) {
      await look(page, side);
      if (side === 'Rows') {
        await row(page, '2').getByRole('gridcell').first().click();
        await page.keyboard.press('Delete');
        await expect(page.getByText('1 left out')).toBeVisible();
      }
      await check(side);
    }
    await button(page, 'File').click();
    await page.getByRole('menuitem', { name: 'Digits' }).click();
    await expect(dataCard(page).getByText(/digits/)).toBeVisible();
    await look(page, 'Images');
    await expect(page.getByRole('listbox', { name: 'Images' }).getByRole('option').first()).toBeVisible();
    await check('Images');
    await button(page, 'File').click();
    await page.getByRole('menuitem', { name: 'Paint your own' }).click();
    await expect(page.getByRole('application')).toBeVisible();
    await check('Paint');
  });
}
