import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { button, cards, dropContents, expectReady, saveProject, setField, standing, status } from './window';
import type { Page } from '@playwright/test';
import { existsSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

const penguins = readFileSync('e2e/data/penguins.csv');

const stepOf = async (page: Page): Promise<number> =>
  Number(/step\s+([\d,]+)/.exec(await status(page).innerText())?.[1]?.replaceAll(',', '') ?? Number.NaN);

const readIfThere = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

async function saveProjectAs(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Shift+s');
  const dialog = page.getByRole('dialog', { name: 'Save the project' });
  await dialog.getByLabel('File name').fill(name);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(new RegExp(`Saved .*${name}`))).toBeVisible();
}

/** The work is kept as it stands on the screen. */
async function expectKept(page: Page): Promise<void> {
  const step = (await stepOf(page)).toLocaleString('en');
  await expect(status(page).getByTitle(new RegExp(`^Kept at .*, step ${step}:`))).toBeVisible();
}

test('after a crash the work is offered as it was: data, edits, weights, curves, runs and checkpoints', async ({
  app,
}) => {
  let { page } = app;
  await expectReady(page);
  await dropContents(page, { name: 'penguins.csv', content: penguins });
  await expect(page.getByLabel('Name of the experiment')).toHaveValue('penguins');
  await expectReady(page);
  for (let epoch = 1; epoch <= 3; epoch++) {
    await page.keyboard.press('Shift+ArrowRight');
    await expect(page.getByRole('banner')).toContainText(new RegExp(`epoch ${epoch} of`));
  }
  await page.keyboard.press('k');
  await cards(page).first().click();
  await setField(page, 'Units', '5');
  await page.getByRole('heading', { name: 'Layerlab' }).click();
  const step = await stepOf(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => stepOf(page)).toBe(step + 1);
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByLabel('Name of run 1').fill('five units');
  await page.keyboard.press('Enter');
  await expectKept(page);
  const before = await standing(page);
  const runs = await page.getByRole('tabpanel', { name: 'Runs' }).innerText();

  page = await app.crash();
  await expectReady(page);
  await expect(page.getByText(/Go on where you were: penguins, epoch 3, kept/)).toBeVisible();
  await button(page, 'Go on').click();
  await expect.poll(() => standing(page)).toBe(before);
  expect(await page.getByRole('tabpanel', { name: 'Runs' }).innerText()).toBe(runs);
  await expect(page.getByLabel('Name of run 1')).toHaveValue('five units');
  await expect(cards(page).first()).toContainText('Dense 5');
  await expect(page.getByLabel('Name of checkpoint 1')).toBeVisible();
});

test('a window that was closed leaves no question, and its unsaved work among the recent', async ({ app }) => {
  test.skip(app.shell === 'electron', 'Electron is closed by the test driver, not by a person.');
  let { page } = app;
  await expectReady(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => stepOf(page)).toBe(1);
  await expectKept(page);
  page = await app.reopen();
  await expectReady(page);
  await expect(status(page)).toContainText('step 0');
  await page.keyboard.press('ControlOrMeta+Shift+o');
  const dialog = page.getByRole('dialog', { name: 'Open a project' });
  await expect(dialog.getByRole('list', { name: 'Kept work' }).getByRole('button')).toHaveText(/step 1/);
  await expect(page.getByText(/Go on where you were/)).toHaveCount(0);
  await dialog.getByRole('button', { name: /step 1/ }).click();
  await expect.poll(() => stepOf(page)).toBe(1);
});

test('recent projects, those that are gone, and how the window was left, in a new profile too', async ({ app }) => {
  test.skip(app.shell === 'electron', 'The native dialogs cannot be driven from a story.');
  let { page } = app;
  await expectReady(page);
  await saveProject(page, 'mine');
  await saveProjectAs(page, 'gone');
  await page.keyboard.press('ControlOrMeta+Shift+l');
  await page.getByRole('tab', { name: 'Network' }).click();
  await expect.poll(() => readIfThere(join(`${app.folder}-app`, 'preferences.json'))).toContain('Network');
  rmSync(join(app.folder, 'gone.layerlab'));
  page = await app.reopen();
  await expectReady(page);
  await expect(page.getByRole('tab', { name: 'Network' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('ControlOrMeta+Shift+o');
  const dialog = page.getByRole('dialog', { name: 'Open a project' });
  await expect(dialog.getByRole('button', { name: /^gone/ })).toBeDisabled();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expectAccessible(page, `the Open dialog, ${scheme}`);
  }
  await dialog.getByRole('button', { name: 'Take it off the list' }).click();
  await expect(dialog.getByRole('list', { name: 'Saved projects' }).getByRole('listitem')).toHaveCount(1);
});

test('a window that is loaded again goes on where it was', async ({ app: { page } }) => {
  await expectReady(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => stepOf(page)).toBe(1);
  await expectKept(page);
  const before = await standing(page);
  await page.reload();
  await expect.poll(() => standing(page)).toBe(before);
});

test('a project that is open in one window is a copy in another', async ({ app }) => {
  test.skip(app.shell === 'electron', 'Electron has one window.');
  const { page } = app;
  await expectReady(page);
  await saveProject(page, 'mine');
  const other = await app.another();
  await expectReady(other);
  await other.keyboard.press('ControlOrMeta+o');
  await other.getByRole('dialog', { name: 'Open a project' }).getByRole('button', { name: /mine/ }).click();
  await expect(other.getByText('mine.layerlab is open in another window.')).toBeVisible();
  await button(other, 'Open a copy').click();
  await expect(other.getByText('is open in another window')).toHaveCount(0);
  await other.keyboard.press('ControlOrMeta+s');
  // A copy has no file yet.
  await expect(other.getByRole('dialog', { name: 'Save the project' })).toBeVisible();
});

test('of a damaged project the save before it is opened with one click', async ({ app }) => {
  test.skip(app.shell === 'electron', 'The native dialogs cannot be driven from a story.');
  const { page, folder } = app;
  await expectReady(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => stepOf(page)).toBe(1);
  await saveProject(page, 'mine');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => stepOf(page)).toBe(2);
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByText(/Saved .*mine/).last()).toBeVisible();
  await expect.poll(() => existsSync(join(folder, 'mine.layerlab.bak'))).toBe(true);
  truncateSync(join(folder, 'mine.layerlab'), 600);
  await page.keyboard.press('ControlOrMeta+o');
  await page.getByRole('dialog', { name: 'Open a project' }).getByRole('button', { name: /mine/ }).click();
  await expect(page.getByText('mine is damaged')).toBeVisible();
  await button(page, 'Open the save before it').click();
  await expect.poll(() => stepOf(page)).toBe(1);
});
