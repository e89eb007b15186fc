import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { button, dropContents, expectReady, exportModel, saveProject, standing, status } from './window';

/** What the window says to bad input, and that the experiment on the screen never suffers from it. */

const lines = [
  'weight,length,fruit',
  ...Array.from({ length: 30 }, (_, n) => [
    `${100 + n},${7 + (n % 3)},apple`,
    `${150 + n},${11 + (n % 4)},pear`,
  ]).flat(),
];
const good = lines.join('\n');
/** The good table with one line changed; lines count from 1. */
const withLine = (number: number, text: string): string => lines.with(number - 1, text).join('\n');

/** An IDX array of bytes; `shape` is what its header says. */
function idx(shape: readonly number[], elements: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  return Buffer.concat([header, elements]);
}
const pixels = Uint8Array.from({ length: 60 * 16 }, (_, n) => (n * 37) % 256);
const images = { name: 'tiny-images-idx3-ubyte', content: idx([60, 4, 4], pixels) };
const classes = Uint8Array.from({ length: 60 }, (_, n) => n % 2);
const labels = { name: 'tiny-labels-idx1-ubyte', content: idx([60], classes) };

const steps = (page: Page) => status(page).getByText(/^step/);
const problem = (page: Page) => page.getByTestId('problem');

/** Everything that a bad file must leave alone: name, place in the run, losses, layers, and every point of the curves. */
async function experimentOf(page: Page): Promise<string> {
  const name = await page.getByLabel('Name of the experiment').inputValue();
  const cards = await page.getByRole('list', { name: 'Layers' }).innerText();
  await page.getByRole('tab', { name: 'Curves' }).click();
  return [name, await standing(page), cards, ...(await curves(page).allTextContents())].join('\n');
}

/** The curves as a screen reader has them. */
function curves(page: Page): Locator {
  return page.getByRole('tabpanel').getByRole('table');
}

/** The curves are drawn at leisure: waits until both reach the epoch where training stands. */
async function expectCurvesDrawn(page: Page): Promise<void> {
  const epoch = await page.getByRole('progressbar', { name: 'Epochs trained' }).getAttribute('aria-valuenow');
  for (const curve of [curves(page).first(), curves(page).last()]) {
    await expect(curve.getByRole('row').last().locator(':scope > *').first()).toHaveText(epoch ?? '');
  }
}

/** Runs in the page: whether a step was made and seen, and training was told to pause. */
function pauseOnceTrained(): boolean {
  const trained = /step\s*[1-9]/.test(document.querySelector('footer')?.textContent ?? '');
  const buttons = [...document.querySelectorAll('button')];
  const pause = buttons.find((each) => (each.getAttribute('aria-label') ?? each.textContent).includes('Pause'));
  if (trained) pause?.click();
  return trained && pause !== undefined;
}

/** Trains the sample a little, so that there are weights and curves to lose. */
async function trainALittle(page: Page): Promise<void> {
  await expectReady(page);
  // In the page itself, with every picture: a second later the run would be over.
  const paused = page.waitForFunction(pauseOnceTrained, undefined, { polling: 'raf' });
  await button(page, 'Train').click();
  await paused;
  await expect(status(page).getByRole('status')).toHaveText('Paused');
  await expectCurvesDrawn(page);
}

interface BadDrop {
  readonly what: string;
  readonly files: readonly { readonly name: string; readonly content: Buffer | string }[];
  readonly says: readonly string[];
}

/** Drops each, reads the message, and finds the experiment as it was; then trains on, and takes in the good files. */
async function expectRefused(page: Page, drops: readonly BadDrop[]): Promise<void> {
  const before = await experimentOf(page);
  for (const { what, files, says } of drops) {
    await test.step(what, async () => {
      await dropContents(page, ...files);
      for (const words of says) await expect(problem(page)).toContainText(words);
      await expectReady(page);
      expect(await experimentOf(page)).toBe(before);
      await problem(page).getByRole('button', { name: 'Dismiss this message' }).click();
      await expect(problem(page)).toHaveCount(0);
    });
  }
  const paused = await steps(page).innerText();
  await button(page, 'Step').click();
  const next = Number(paused.replaceAll(/\D/g, '')) + 1;
  await expect(steps(page)).toHaveText(`step ${next.toLocaleString('en')}`);
}

test('tables that cannot be read: each is refused in words, and the training goes on', async ({ app: { page } }) => {
  await trainALittle(page);
  const table = (content: Buffer | string) => [{ name: 'fruit.csv', content }];
  await expectRefused(page, [
    { what: 'empty', files: table(''), says: ['fruit.csv was not loaded', 'fruit.csv is empty.', 'Drop a file'] },
    { what: 'only a header', files: table('a,b\n'), says: ['only a header (2 columns) and no rows', 'Add rows'] },
    {
      what: 'a binary renamed .csv',
      files: table(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])),
      says: ['fruit.csv is a single image, from which no class can be told.', 'Make a folder for each class'],
    },
    {
      what: 'bytes of no known kind',
      files: table(Buffer.from([7, 0, 255, 3, 0, 1, 200, 0])),
      says: ['fruit.csv holds binary data', 'CSV'],
    },
    {
      what: 'an unclosed quote',
      files: table(withLine(42, '"120,8,apple')),
      says: ['The quote that opens in line 42 of fruit.csv', 'is never closed', 'Close it where the cell ends'],
    },
    {
      what: 'a ragged row',
      files: table(withLine(42, '120,8')),
      says: ['Line 42 of fruit.csv has 2 cells, but the table has 3 columns.', 'Add what is missing'],
    },
    {
      what: 'nothing but constant columns',
      files: table('a,fruit\n1,x\n1,y\n1,x\n1,y\n'),
      says: ['fruit.csv has no column to predict fruit from', 'constant'],
    },
  ]);
  await dropContents(page, { name: 'fruit.csv', content: good });
  await expect(page.getByText(/fruit is the target because/).first()).toBeVisible();
  await expectReady(page);
});

test('images that do not fit together name the byte or the missing file', async ({ app: { page } }) => {
  await trainALittle(page);
  const cut = { ...images, content: images.content.subarray(0, -100) };
  await expectRefused(page, [
    {
      what: 'images without labels',
      files: [images],
      says: ['60 images, but their labels are missing', 'probably tiny-labels-idx1-ubyte'],
    },
    { what: 'cut short', files: [cut, labels], says: ['tiny-images-idx3-ubyte is cut short', 'it ends at byte 876'] },
    {
      what: 'a count that is too small',
      files: [{ ...images, content: idx([59, 4, 4], pixels) }, labels],
      says: ['is longer than its header says', 'end at byte 960', 'The count in the header is wrong'],
    },
    {
      what: 'a count that is too large',
      files: [{ ...images, content: idx([61, 4, 4], pixels) }, labels],
      says: ['it ends at byte 976', 'or the count in the header is wrong'],
    },
    {
      what: 'fewer labels than images',
      files: [images, { ...labels, content: idx([50], classes.subarray(0, 50)) }],
      says: ['holds 60 images, but', '50 labels', 'byte 4'],
    },
  ]);
  await dropContents(page, images, labels);
  await expect(page.getByText(/label is the target|classes/).first()).toBeVisible();
  await expect(problem(page)).toHaveCount(0);
  await expectReady(page);
});

test('documents and projects that are broken name the path or the byte', async ({ app: { page, folder, shell } }) => {
  test.skip(shell === 'electron', 'The native save dialog cannot be driven from a story.');
  await trainALittle(page);
  await saveProject(page, 'whole');
  const whole = readFileSync(join(folder, 'whole.layerlab'));
  const document = (change: object) => ({
    name: 'doc.json',
    content: JSON.stringify({
      data: { source: { files: ['fruit.csv'] } },
      network: { layers: [{ kind: 'dense', units: 2, activation: 'softmax' }] },
      ...change,
    }),
  });
  const cutAt = (length: number): BadDrop => ({
    what: `a project cut at byte ${length}`,
    files: [{ name: 'cut.layerlab', content: whole.subarray(0, length) }],
    says:
      length === 0
        ? ['cut.layerlab was not opened', 'cut.layerlab is empty']
        : [`cut.layerlab is not a whole Layerlab project: it breaks off at byte ${length.toLocaleString('en')}`],
  });
  await expectRefused(page, [
    {
      what: 'an unknown kind',
      files: [document({ network: { layers: [{ kind: 'lstm' }] } })],
      says: ['doc.json was not opened', 'network.layers[0].kind is "lstm"', '"dense"'],
    },
    {
      what: 'a negative learning rate',
      files: [document({ training: { optimizer: { kind: 'sgd', learningRate: -0.1 } } })],
      says: ['training.optimizer.learningRate must be a number above 0, but is -0.1', 'such as 0.1'],
    },
    {
      what: 'JSON that ends early',
      files: [{ name: 'doc.json', content: '{ "data": {' }],
      says: ['doc.json is not valid JSON: at line 1', 'the text ends there'],
    },
    ...[0, 1, 3, 40, Math.floor(whole.length / 2), whole.length - 22, whole.length - 1].map(cutAt),
  ]);
  const trained = await standing(page);
  await dropContents(page, { name: 'whole.layerlab', content: whole });
  await expectReady(page);
  await expect(problem(page)).toHaveCount(0);
  await expect.poll(() => standing(page)).not.toBe(trained);
});

test('a text column as regression target: said on the data, and undo has the trained network back', async ({
  app: { page },
}) => {
  await expectReady(page);
  await dropContents(page, { name: 'fruit.csv', content: good });
  await expect(page.getByText(/fruit is the target because/).first()).toBeVisible();
  await trainALittle(page);
  const before = await experimentOf(page);
  await page.getByRole('tab', { name: 'Data' }).click();
  await page.getByLabel('Type of fruit').selectOption('number');
  await expect(page.getByText(/fruit cannot be predicted as a number: 60 values of 60 are text/).first()).toBeVisible();
  await expect(page.getByText(/Take it as a category to predict classes/).first()).toBeVisible();
  // After the last epoch it offers to train on.
  const train = page.getByRole('button', { name: /^Train( on)?$/ });
  await expect(train).toBeDisabled();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(train).toBeEnabled();
  expect(await experimentOf(page)).toBe(before);
});

test('a constant column is named, left out, and no hindrance', async ({ app: { page } }) => {
  await expectReady(page);
  const content = lines.map((line, n) => `${n === 0 ? 'shop' : 'here'},${line}`).join('\n');
  await dropContents(page, { name: 'fruit.csv', content });
  await expect(page.getByText(/shop has the same value in every row, so it is left out/).first()).toBeVisible();
  await trainALittle(page);
});

test('a folder that cannot be written to: said in words, and the same save works once it can', async ({ app }) => {
  const { page, folder } = app;
  test.skip(app.shell === 'electron', 'The native save dialog cannot be driven from a story.');
  await trainALittle(page);
  await saveProject(page, 'kept');
  const kept = readFileSync(join(folder, 'kept.layerlab'));
  const before = await experimentOf(page);

  // A file where the folder was stops the superuser too, whom permission bits do not.
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  await button(page, 'Step').click();
  await expect(steps(page)).not.toHaveText(/^step 0$/);
  const stepped = await experimentOf(page);
  expect(stepped).not.toBe(before);
  await page.keyboard.press('ControlOrMeta+s');
  await expect(problem(page)).toContainText('The project was not saved');
  await expect(problem(page)).toContainText('kept.layerlab could not be saved in');
  await expect(problem(page)).toContainText('that is a file, not a folder');
  await expect(problem(page)).toContainText('Nothing that was there has changed.');
  expect(await experimentOf(page)).toBe(stepped);

  rmSync(folder);
  await page.keyboard.press('ControlOrMeta+s');
  await expect(problem(page)).toContainText('there is no such folder');
  await expect(problem(page)).toContainText('create this one first');

  mkdirSync(folder);
  await page.keyboard.press('ControlOrMeta+s');
  await expect.poll(() => readdirSync(folder)).toEqual(['kept.layerlab']);
  expect(readFileSync(join(folder, 'kept.layerlab')).equals(kept)).toBe(false);
  await exportModel(page, 'ONNX', 'kept');
  expect(readdirSync(folder).sort()).toEqual(['kept.layerlab', 'kept.onnx']);
});

test('a folder without write permission keeps what it has', async ({ app: { page, folder, shell } }) => {
  test.skip(shell === 'electron', 'The native save dialog cannot be driven from a story.');
  test.skip(process.getuid?.() === 0, 'The superuser may write everywhere.');
  await trainALittle(page);
  await saveProject(page, 'kept');
  const kept = readFileSync(join(folder, 'kept.layerlab'));
  chmodSync(folder, 0o500);
  try {
    await button(page, 'Step').click();
    await page.keyboard.press('ControlOrMeta+s');
    await expect(problem(page)).toContainText('you have no permission there');
    expect(readFileSync(join(folder, 'kept.layerlab')).equals(kept)).toBe(true);
  } finally {
    chmodSync(folder, 0o700);
  }
  await page.keyboard.press('ControlOrMeta+s');
  await expect.poll(() => readdirSync(folder).sort()).toEqual(['kept.layerlab', 'kept.layerlab.bak']);
});

test('a data file that is deleted after it was loaded: training goes on, and a save with the data says so', async ({
  app: { page, folder, shell },
}) => {
  test.skip(shell === 'electron', 'The native save dialog cannot be driven from a story.');
  await expectReady(page);
  const path = join(folder, 'fruit.csv');
  writeFileSync(path, good);
  await page.getByLabel('Data, project, experiment or model to open').setInputFiles(path);
  await expect(page.getByText(/fruit is the target because/).first()).toBeVisible();
  await trainALittle(page);
  rmSync(path);
  const before = await experimentOf(page);
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('dialog', { name: 'Save the project' });
  await dialog.getByLabel(/Put the data into the project/).check();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(problem(page)).toContainText('fruit.csv can no longer be read');
  expect(readdirSync(folder)).toEqual([]);
  expect(await experimentOf(page)).toBe(before);
  await problem(page).getByRole('button', { name: 'Dismiss this message' }).click();
  await saveProject(page, 'without data');
  expect(readdirSync(folder)).toEqual(['without data.layerlab']);
});
