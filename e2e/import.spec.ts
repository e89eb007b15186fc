import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { button, dropContents, dropFiles, expectReady, exportModel, standing, status } from './window';

/** Models that are dropped on the window: ours come back, those of others are shown whatever they hold. */

test.beforeEach(({ app: { shell } }) => {
  test.skip(shell === 'electron', 'The native save dialog cannot be driven from a story.');
});

const step = (page: Page) => status(page).getByText(/^step/);

async function train(page: Page, steps: number): Promise<void> {
  for (let n = 1; n <= steps; n++) {
    await button(page, 'Step').click();
    await expect(step(page)).toHaveText(`step ${n}`);
  }
}

async function expectNoViolation(page: Page): Promise<void> {
  await expectAccessible(page, 'the dialog', 'dialog');
}

async function show(dialog: Locator, view: string): Promise<void> {
  await dialog.getByText(view, { exact: true }).click();
}

test('an exported model comes back with its weights and its place in the run', async ({ app: { page, folder } }) => {
  await expectReady(page);
  await train(page, 12);
  const before = await standing(page);
  await exportModel(page, 'ONNX', 'flower');
  await page.keyboard.press('ControlOrMeta+n');
  await expect(step(page)).toHaveText('step 0');

  await dropFiles(page, join(folder, 'flower.onnx'));
  const dialog = page.getByRole('dialog', { name: 'flower.onnx' });
  await expect(dialog.getByText(/A model of Layerlab: “flower”/)).toBeVisible();
  await expect(dialog.getByRole('cell', { name: 'Gemm' }).first()).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const view of ['Layers', 'Arrays', 'Into this network']) {
      await show(dialog, view);
      await expectNoViolation(page);
    }
  }
  await dialog.getByRole('button', { name: 'Open the experiment' }).click();
  await expect(step(page)).toHaveText('step 12');
  await expect.poll(() => standing(page)).toBe(before);

  await page.keyboard.press('ControlOrMeta+z');
  await expect(step(page)).toHaveText('step 0');
});

test('weights go into the network on the screen, and undo takes them back', async ({ app: { page, folder } }) => {
  await expectReady(page);
  await train(page, 12);
  await page.getByRole('tab', { name: 'Curves' }).click();
  const losses = async () => (await standing(page)).replace(/.*step \d+/, '').replace(/best.*/, '');
  const trained = await losses();
  await exportModel(page, 'NPZ', 'weights');
  await page.keyboard.press('ControlOrMeta+n');
  await expect(step(page)).toHaveText('step 0');
  const untrained = await losses();
  expect(untrained).not.toBe(trained);

  await dropFiles(page, join(folder, 'weights.npz'));
  const dialog = page.getByRole('dialog', { name: 'weights.npz' });
  await dialog.getByRole('button', { name: 'Use these weights…' }).click();
  await expect(dialog.getByText('by its name')).toHaveCount(4);
  await dialog.getByLabel('Array for b2').selectOption('Keep the present one');
  await expect(dialog.getByRole('button', { name: 'Use 3 of 4 weights' })).toBeVisible();
  await dialog.getByLabel('Array for b2').selectOption('b2 (1)');
  await dialog.getByRole('button', { name: 'Use these weights', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(losses).toBe(trained);
  await expect(step(page)).toHaveText('step 0');
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(losses).toBe(untrained);
});

test('a network of another program opens on data that it fits', async ({ app: { page } }) => {
  await expectReady(page);
  const dense = (name: string, config: object) => ({
    class_name: 'Dense',
    config: { name, use_bias: true, ...config },
  });
  const layers = [
    dense('first', { units: 7, activation: 'tanh', batch_input_shape: [null, 2] }),
    dense('second', { units: 1, activation: 'linear' }),
  ];
  const shapes = { 'first/kernel': [2, 7], 'first/bias': [7], 'second/kernel': [7, 1], 'second/bias': [1] };
  const description = {
    ...{ format: 'layers-model', generatedBy: 'keras v2.15.0' },
    modelTopology: { model_config: { class_name: 'Sequential', config: { name: 'other', layers } } },
    weightsManifest: [
      {
        paths: ['group1-shard1of1.bin'],
        weights: Object.entries(shapes).map(([name, shape]) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  };
  const weights = Float32Array.from({ length: 29 }, (_, n) => Math.sin(n));
  const files = [
    { name: 'model.json', content: JSON.stringify(description) },
    { name: 'group1-shard1of1.bin', content: Buffer.from(weights.buffer) },
  ];
  const rows = Array.from({ length: 40 }, (_, n) => `${n},${n * n},${n % 7},${n % 2 === 0 ? 'yes' : 'no'}`);
  await dropContents(page, { name: 'three.csv', content: ['a,b,c,y', ...rows].join('\n') });
  await expect(page.getByLabel('Name of the experiment')).toHaveValue('three');
  await dropContents(page, ...files);
  const dialog = page.getByRole('dialog', { name: 'model.json' });
  const open = dialog.getByRole('button', { name: 'Open as a new experiment' });
  await expect(dialog.getByRole('alert')).toContainText('takes [2], but the present data make [3]');
  await expect(open).toBeDisabled();

  // Its data, dropped while the dialog is open.
  await dropContents(page, {
    name: 'two.csv',
    content: ['a,b,y', ...rows.map((row) => row.replace(/,\d+(?=,\D)/, ''))].join('\n'),
  });
  await expect(open).toBeEnabled();
  await expect(dialog.getByText(/scaled as the data card says/)).toBeVisible();
  await expectNoViolation(page);
  await open.click();
  const cards = page.getByRole('list', { name: 'Layers' });
  await expect(cards.getByText('Dense 7')).toBeVisible();
  // Other programs count it to the loss.
  await expect(page.getByText(/The last layer has the activation sigmoid now/)).toBeVisible();
  await expectReady(page);
  await train(page, 1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(cards.getByText('Dense 7')).toBeHidden();
});

test('a model with an unknown operator is shown, refused by it, and its arrays stay of use', async ({
  app: { page, folder },
}) => {
  await expectReady(page);
  await exportModel(page, 'ONNX', 'flower');
  // The same model with another operator of the same length, as no export of ours holds.
  const bytes = readFileSync(join(folder, 'flower.onnx')).toString('latin1').replaceAll('Sigmoid', 'Erosion');
  await dropContents(page, { name: 'other.onnx', content: Buffer.from(bytes, 'latin1') });
  const dialog = page.getByRole('dialog', { name: 'other.onnx' });
  await expect(dialog.getByRole('alert')).toContainText('Erosion');
  await expect(dialog.getByRole('cell', { name: 'Erosion' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: /Open/ })).toBeHidden();
  await expectNoViolation(page);
  await show(dialog, 'Arrays');
  await expect(dialog.getByRole('cell', { name: 'W1' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a damaged model says so and changes nothing', async ({ app: { page } }) => {
  await expectReady(page);
  await train(page, 2);
  const before = await standing(page);
  for (const name of ['broken.onnx', 'broken.keras', 'broken.safetensors', 'broken.h5']) {
    await dropContents(page, { name, content: Buffer.from('PK\u0003\u0004 not a model \u00ff'.repeat(40), 'latin1') });
    const problem = page.getByTestId('problem');
    await expect(problem).toContainText(`${name} was not opened`);
    await expect(problem).not.toContainText('TypeError');
  }
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await standing(page)).toBe(before);
});
