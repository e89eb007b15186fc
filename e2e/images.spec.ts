import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../src-worker/random';
import { pngBytes } from '../src-worker/data/testing/png';
import { zip } from '../src-worker/data/testing/zip';
import { expect, test } from './fixtures';
import { button, dropContents, expectFinished, expectReady, headline, setField, standing } from './window';

const SIDE = 8;
const PER_CLASS = 60;

/** Stripes along one axis under noise: two classes that a network tells apart and a mean does not. */
function stripes(across: boolean, seed: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(seed, 'stripes', across ? 'across' : 'along');
  const shift = random.integer(2);
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
    const line = across ? Math.floor(at / SIDE) : at % SIDE;
    return (((line >> 1) + shift) % 2) * 160 + random.integer(90);
  });
  return pngBytes(SIDE, SIDE, 1, pixels);
}

const archive = Buffer.from(
  zip([
    ...Array.from({ length: PER_CLASS }, (_, n) => ({ name: `stripes/across/${n}.png`, content: stripes(true, n) })),
    ...Array.from({ length: PER_CLASS }, (_, n) => ({ name: `stripes/along/${n}.png`, content: stripes(false, n) })),
    { name: 'stripes/along/broken.png', content: stripes(true, 0).slice(0, 60) },
    { name: 'stripes/across/.DS_Store', content: 'left behind' },
  ]),
);

test('a dropped archive of image folders becomes classes, a damaged image is named, and training tells them apart', async ({
  app: { page },
}) => {
  await expectReady(page);
  await dropContents(page, { name: 'stripes.zip', content: archive });
  await expect(page.getByText(/1 of the 121 images of stripes.zip was left out.*broken.png/).first()).toBeVisible();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByText('Every image has 8 × 8 pixels. None has a colour.')).toBeVisible();
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  expect(await headline(page, 'dev accuracy')).toBeGreaterThan(90);

  // Another size reads the files again, and undo brings back the first.
  await page.getByRole('button', { name: /^Data/ }).first().click();
  await setField(page, 'Width', '4');
  await expect(page.getByRole('button', { name: /^Data .*8 × 4/ })).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(inspector.getByText('Every image has 8 × 8 pixels. None has a colour.')).toBeVisible();
});

test('training images are varied by a switch, one is shown as the epochs see it, and undo takes it back', async ({
  app: { page },
}) => {
  await expectReady(page);
  await dropContents(page, { name: 'stripes.zip', content: archive });
  await expect(page.getByText(/1 of the 121 images/).first()).toBeVisible();
  await page.getByRole('button', { name: /^Data/ }).first().click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('checkbox', { name: 'Vary the training images' }).check();
  const preview = inspector.getByRole('figure');
  await expect(preview.getByRole('listitem')).toHaveText(['Original', '1', '2', '3', '4']);
  /** The pictures as they are painted: what the original and each epoch look like. */
  const pictures = (): Promise<string[]> =>
    preview.locator('canvas').evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()));
  await expect.poll(async () => new Set(await pictures()).size).toBe(5);
  const before = await pictures();
  await setField(page, 'Shift in pixels', '0');
  await setField(page, 'Rotate in degrees', '0');
  await inspector.getByRole('combobox', { name: 'Flip' }).selectOption('Left and right');
  // Each epoch shows the image itself or its mirror image, and the original stays what it is.
  await expect.poll(async () => new Set(await pictures()).size).toBe(2);
  expect((await pictures())[0]).toBe(before[0]);
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  await expect.poll(() => headline(page, 'dev accuracy')).toBeGreaterThan(90);
  for (let n = 0; n < 4; n++) await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(inspector.getByRole('checkbox', { name: 'Vary the training images' })).not.toBeChecked();
  await expect(preview).toBeHidden();
});

test('a chosen folder becomes classes, its bad images are counted and named, and it travels in the saved project', async ({
  app,
}) => {
  test.skip(app.shell === 'electron', 'The native dialogs cannot be driven from a story.');
  let { page } = app;
  const folder = join(app.folder, 'barcodes');
  for (const across of [true, false]) {
    const place = join(folder, across ? 'across' : 'along');
    mkdirSync(place, { recursive: true });
    for (let n = 0; n < 40; n++) writeFileSync(join(place, `${n}.png`), stripes(across, n));
  }
  writeFileSync(join(folder, 'along/cut.png'), stripes(false, 0).slice(0, 50));
  writeFileSync(join(folder, 'across/no image.png'), 'not a picture');
  writeFileSync(join(folder, 'across/notes.txt'), 'left out by its name');
  await expectReady(page);
  await page.getByLabel('Folder of images to open').setInputFiles(folder);
  await expect(page.getByRole('button', { name: /^Data .*barcodes/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Data' }).click();
  const stage = page.getByRole('main');
  await expect(stage.getByText(/2 of the 82 images of barcodes were left out.*no image.png.*cut.png/)).toBeVisible();
  await expect(stage.getByText(/notes.txt/)).toBeVisible();
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  await expect.poll(() => headline(page, 'dev accuracy')).toBeGreaterThan(90);
  const before = await standing(page);

  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('dialog', { name: 'Save the project' });
  await dialog.getByLabel('File name').fill('with folder');
  await dialog.getByRole('checkbox', { name: /^Put the data into the project/ }).check();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/Saved .*with folder/)).toBeVisible();
  rmSync(folder, { recursive: true });

  page = await app.reopen();
  await expectReady(page);
  await page.keyboard.press('ControlOrMeta+o');
  await page
    .getByRole('dialog', { name: 'Open a project' })
    .getByRole('button', { name: /with folder/ })
    .click();
  await expect(page.getByRole('button', { name: /^Data .*barcodes.* 80 images/ })).toBeVisible();
  await expect.poll(() => standing(page)).toBe(before);
});

test('a single image says what is expected', async ({ app: { page } }) => {
  await expectReady(page);
  await dropContents(page, { name: 'cat.png', content: Buffer.from(stripes(true, 1)) });
  await expect(page.getByText('cat.png is a single image, from which no class can be told.')).toBeVisible();
  await expect(page.getByText(/Make a folder for each class/)).toBeVisible();
});
