import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** What a person does and sees in the window, in the words of the screen, so that stories read as sentences. */

/** Drops files on the window, as a drag from a file manager does. */
export async function dropFiles(page: Page, ...paths: readonly string[]): Promise<void> {
  await dropContents(page, ...paths.map((path) => ({ name: basename(path), content: readFileSync(path) })));
}

/** The same for files that exist only in the story. */
export async function dropContents(
  page: Page,
  ...files: readonly { readonly name: string; readonly content: Buffer | string }[]
): Promise<void> {
  await page.locator('body').drop({
    files: files.map(({ name, content }) => ({ name, mimeType: '', buffer: Buffer.from(content) })),
  });
}

export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** The window is up: data loaded, network built. */
export async function expectReady(page: Page): Promise<void> {
  await expect(button(page, 'Train')).toBeEnabled();
}

/** Adds a layer of the kind that the menu calls so. */
export async function addLayer(page: Page, kind: string): Promise<void> {
  await button(page, 'Add layer').click();
  // The item's name goes on with what the layer is for, which may name other kinds.
  await page.getByRole('menuitem', { name: new RegExp(`^${kind}\\b`) }).click();
}

export function status(page: Page): Locator {
  return page.getByRole('contentinfo');
}

export function cards(page: Page): Locator {
  return page.getByRole('list', { name: 'Layers' }).locator('[data-card]');
}

export async function expectFinished(page: Page, timeout = 60_000): Promise<void> {
  await expect(status(page).getByRole('status')).toHaveText('Finished', { timeout });
}

/** So many epochs from the beginning, one after the other. */
export async function trainEpochs(page: Page, epochs: number): Promise<void> {
  for (let epoch = 1; epoch <= epochs; epoch++) {
    await page.keyboard.press('Shift+ArrowRight');
    await expect(page.getByRole('banner')).toContainText(new RegExp(`epoch ${epoch} of`));
  }
}

/** A number of the headline row, such as `dev accuracy`: a percentage as 0 to 100. */
export async function headline(page: Page, label: string): Promise<number> {
  await page.getByRole('tab', { name: 'Curves' }).click();
  const value = page.locator('dl > div').filter({ has: page.getByText(label, { exact: true }) });
  return Number.parseFloat((await value.locator('dd').innerText()).replaceAll(',', ''));
}

/** Everything the status bar says in numbers: equal texts are equal steps, losses and metrics. */
export async function standing(page: Page): Promise<string> {
  const text = await status(page).innerText();
  return text.replace(/[^\n]*examples\/s/, '').replace(/\s+/g, ' ');
}

/** Sets a field of the inspector and leaves it, as typing and Tab do. */
export async function setField(page: Page, label: string, value: string): Promise<void> {
  const field = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('spinbutton', { name: label, exact: true });
  await field.fill(value);
  await field.press('Tab');
}

export async function saveProject(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('dialog', { name: 'Save the project' });
  await dialog.getByLabel('File name').fill(name);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(new RegExp(`Saved .*${name}`))).toBeVisible();
}

export async function exportModel(page: Page, format: string, name: string): Promise<void> {
  await button(page, 'Export').click();
  const dialog = page.getByRole('dialog', { name: 'Export the model' });
  await dialog.getByRole('radio', { name: format, exact: true }).check();
  await dialog.getByLabel('File name').fill(name);
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByText(new RegExp(`Exported .*${name}`))).toBeVisible();
}
