import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { button, expectReady, saveProject } from './window';

const root = resolve(import.meta.dirname, '..');

type Nested = number | string | readonly Nested[];

async function openMaths(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Maths' }).click();
  await expect(page.getByRole('list', { name: 'Steps' })).toBeVisible();
}

/** The numbers of one array on the screen, by their places in memory, as far as the table shows them. */
async function numbersOf(page: Page, operand: string): Promise<Map<number, number>> {
  const cells = page.locator(`[data-operand="${operand}"]`).first().getByRole('gridcell');
  const read = await cells.evaluateAll((all) =>
    all.map((cell) => [Number(cell.getAttribute('data-index')), Number(cell.getAttribute('title'))] as const),
  );
  return new Map(read);
}

function layerlab(...args: readonly string[]): void {
  execFileSync(process.execPath, [join(root, 'scripts/layerlab.mjs'), ...args], { stdio: 'pipe' });
}

/** What `layerlab trace` says of a saved project. */
function traceOf(folder: string, name: string): Record<string, Nested> {
  const out = join(folder, `${name}-trace.json`);
  layerlab('trace', join(folder, `${name}.layerlab`), '--out', out);
  return JSON.parse(readFileSync(out, 'utf8')) as Record<string, Nested>;
}

/** Walks through every step and compares each array that the trace has; returns how many numbers were compared. */
async function compareAllSteps(page: Page, trace: Record<string, Nested>): Promise<number> {
  await page.getByLabel('How many').selectOption('batch');
  await expect(page.getByText('one per column')).toBeVisible();
  let compared = 0;
  const names = new Set<string>();
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('button');
  for (let n = 0, count = await steps.count(); n < count; n++) {
    await steps.nth(n).click();
    await expect(steps.nth(n)).toHaveAttribute('aria-current', 'step');
    const shown = await page
      .locator('[data-operand]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-operand')!));
    for (const operand of new Set(shown)) {
      if (trace[operand] === undefined) continue;
      const expected = [trace[operand]].flat(8).map(Number);
      for (const [index, value] of await numbersOf(page, operand)) {
        // The browser's sine and exponential may differ from Node's in the last bit.
        const difference = Math.abs(value - expected[index]!);
        expect(difference, `${operand}[${index}]: ${value}, ${expected[index]}`).toBeLessThan(
          1e-12 + 1e-9 * Math.abs(value),
        );
        compared++;
      }
      names.add(operand);
    }
  }
  const absent = Object.keys(trace).filter((name) => !names.has(name) && name !== 'yHat');
  expect(absent, 'arrays of the trace that no step shows').toEqual([]);
  return compared;
}

test('every number of the view is that of layerlab trace, and every click adds up', async ({ app }) => {
  const { page, folder } = app;
  await expectReady(page);
  await openMaths(page);
  await saveProject(page, 'flower');
  const trace = traceOf(folder, 'flower');
  expect(await compareAllSteps(page, trace)).toBeGreaterThan(200);

  await page.getByRole('button', { name: 'delta1', exact: true }).click();
  const result = page.locator('[data-operand="delta1"]').first();
  await result.getByRole('gridcell').nth(4).click();
  const terms = page.locator('[data-term]');
  await expect(terms.first()).toBeVisible();
  const values = await terms.evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-term'))));
  const sum = Number(await page.locator('[data-sum]').getAttribute('data-sum'));
  expect(Math.abs(values.reduce((total, value) => total + value, 0) - sum)).toBeLessThan(1e-12);
  await expect(page.locator('.marked')).not.toHaveCount(0);
});

const initializer = { kind: 'xavier-normal' };
const conv = { kind: 'conv2d', filters: 3, kernel: 3, initializer };
const networks = {
  'batch norm, dropout, logistic, Adam and L2': {
    data: { source: { sample: 'moons' } },
    layers: [
      { kind: 'dense', units: 5, activation: 'gelu', initializer },
      { kind: 'batch-norm' },
      { kind: 'dropout', rate: 0.4 },
      { kind: 'dense', units: 1, activation: 'sigmoid', initializer },
    ],
    loss: 'logistic',
    training: { optimizer: { kind: 'adam', learningRate: 0.01 }, l2: 0.02 },
  },
  'convolution, both pools, cross-entropy, momentum and L1': {
    data: { source: { sample: 'digits' } },
    layers: [
      { ...conv, stride: 2, padding: 'same', activation: 'leaky-relu' },
      { kind: 'max-pool2d', size: 2, stride: 1 },
      { ...conv, stride: 1, padding: 1, activation: 'tanh' },
      { kind: 'avg-pool2d', size: 2, stride: 2 },
      { kind: 'flatten' },
      { kind: 'dense', units: 10, activation: 'softmax', initializer },
    ],
    loss: 'cross-entropy',
    training: { optimizer: { kind: 'momentum', learningRate: 0.05, beta: 0.9 }, l1: 0.001 },
  },
  'squared error, RMSprop and clipping': {
    data: { source: { sample: 'sine' } },
    layers: [
      { kind: 'dense', units: 4, activation: 'elu', initializer },
      { kind: 'dense', units: 3, activation: 'relu', initializer },
      { kind: 'dense', units: 1, activation: 'identity', initializer },
    ],
    loss: 'squared',
    training: { optimizer: { kind: 'rmsprop', learningRate: 0.01 }, clipNorm: 0.001 },
  },
};

for (const [title, { data, layers, loss, training }] of Object.entries(networks)) {
  test(`the screen and layerlab trace agree: ${title}`, async ({ app }) => {
    test.slow();
    test.skip(app.shell === 'electron', 'The native dialogs cannot be driven from a story.');
    const { page, folder } = app;
    const document = { data, network: { layers, loss, seed: 3 }, training: { batchSize: 3, epochs: 1, ...training } };
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document));
    layerlab('train', join(folder, 'given.json'), '--save', join(folder, 'given.layerlab'));
    const trace = traceOf(folder, 'given');
    await expectReady(page);
    await page.keyboard.press('ControlOrMeta+o');
    const dialog = page.getByRole('dialog', { name: 'Open a project' });
    await dialog.getByRole('button', { name: /given/ }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('list', { name: 'Layers' }).locator('[data-card]')).toHaveCount(layers.length);
    await openMaths(page);
    expect(await compareAllSteps(page, trace)).toBeGreaterThan(60);
  });
}

test('arrow keys walk the steps and the tables; numbers stand still while training goes on', async ({ app }) => {
  const { page } = app;
  await expectReady(page);
  await openMaths(page);
  const current = page.locator('[aria-current=step]');
  await expect(current).toHaveAccessibleName('x');
  await current.focus();
  await page.keyboard.press('ArrowRight');
  await expect(current).toHaveAccessibleName('z1');
  await page.keyboard.press('ArrowLeft');
  await expect(current).toHaveAccessibleName('x');
  await page.keyboard.press('ArrowRight');
  const before = await numbersOf(page, 'z1');
  await button(page, 'Train').click();
  await expect(page.getByRole('button', { name: 'Refresh' })).toBeVisible();
  expect(await numbersOf(page, 'z1')).toEqual(before);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect
    .poll(async () => JSON.stringify([...(await numbersOf(page, 'z1'))]))
    .not.toBe(JSON.stringify([...before]));
  const first = page.locator('[data-operand="z1"]').getByRole('gridcell').first();
  await first.click();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-operand="z1"] [aria-selected=true]')).toHaveAttribute('data-index', '1');
  await expect(current).toHaveAccessibleName('z1');
});

test('notations, copies, and nothing that axe complains of, light and dark', async ({ app }) => {
  const { page } = app;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expectReady(page);
  await openMaths(page);
  await page.getByRole('button', { name: 'delta1', exact: true }).click();
  await page.locator('[data-operand="delta1"]').getByRole('gridcell').nth(2).click();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `test-results/maths-${theme}.png` });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  await page.getByRole('button', { name: 'Θ, bias as unit 0' }).click();
  await expect(page.locator('[data-operand="Theta2"]')).toBeVisible();
  await page.getByRole('button', { name: 'NumPy', exact: true }).click();
  await expect(page.getByText('delta2 @ W2')).toBeVisible();
  await page.getByRole('button', { name: 'PyTorch', exact: true }).click();
  await expect(page.getByText('delta2 @ W2')).toBeVisible();
});
