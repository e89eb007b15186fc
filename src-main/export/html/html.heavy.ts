import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '@playwright/test';
import { findBrowser } from '../../../scripts/lib/browser.mjs';
import { everyKind, proofOf, randomModels } from '../../testing/export-models';
import { makeModel } from '../../testing/models';
import { answersOf, differenceOf, withFiles, type Case, type Run } from '../../testing/run-exports';

const executablePath = findBrowser();
if (executablePath === null)
  process.stderr.write('Skipped: there is no Chrome, Chromium or Edge (LAYERLAB_CHROMIUM).\n');

let browser: Browser;
beforeAll(async () => {
  if (executablePath === null) return;
  browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
});
afterAll(() => browser?.close());

interface PageModel {
  predict(input: unknown): { readonly answer: string | number; readonly outputs: readonly number[] };
}

test.skipIf(executablePath === null)(
  'in Chromium, every kind and 50 random networks answer 100 raw rows each as the app does',
  { timeout: 600_000 },
  async () => {
    const models = [...everyKind(), ...randomModels(50, 11)].filter(
      ({ preprocessing: { pixels, inputShape } }) => pixels === null || inputShape.length === 3,
    );
    const cases: readonly Case[] = await Promise.all(
      models.map(async (model) => ({ model, proof: await proofOf(model, 100) })),
    );
    let largest = 0;
    await withFiles('html', cases, async (folders) => {
      const page = await browser.newPage();
      for (const [n, folder] of folders.entries()) {
        const each = cases[n]!;
        const { proof, model } = each;
        await page.goto(pathToFileURL(join(folder, 'model.html')).href);
        const size = model.preprocessing.inputShape.reduce((product, length) => product * length, 1);
        const inputs = Array.from({ length: proof.count }, (_, i) =>
          proof.pixels === null ? proof.rows[i]! : Array.from(proof.pixels.subarray(i * size, (i + 1) * size)),
        );
        const answered = await page.evaluate(
          (asked) => asked.map((input) => (globalThis as unknown as PageModel).predict(input)),
          inputs,
        );
        const run: Run = {
          outputs: answered.map(({ outputs }) => outputs),
          answers: answered.map(({ answer }) => answer),
        };
        const found = differenceOf(each, run);
        expect(found, `case ${n}`).toBeLessThan(1e-5);
        if (model.preprocessing.task !== 'regression') expect(run.answers, `case ${n}`).toEqual(answersOf(each));
        largest = Math.max(largest, found);
      }
    });
    process.stderr.write(
      `HTML in Chromium: ${cases.length} networks, largest difference ${largest.toExponential(1)}\n`,
    );
  },
);

test.skipIf(executablePath === null)('a digit drawn in a corner is seen in the middle, 20 pixels high', async () => {
  const classes = Array.from({ length: 10 }, (_, digit) => String(digit));
  const model = makeModel({ images: { shape: [1, 28, 28], offset: [0], scale: [1 / 255] }, classes, outputs: 10 });
  const proof = await proofOf(model, 1);
  const dark: Case = { model, proof: { ...proof, pixels: proof.pixels!.map(() => 0) } };
  await withFiles('html', [dark], async ([folder]) => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder!, 'model.html')).href);
    await page.getByRole('button', { name: 'Clear' }).click();
    const box = (await page.locator('#canvas').boundingBox())!;
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y + 80, { steps: 4 });
    await page.mouse.up();
    const seen = await page.evaluate(() => {
      const small = document.querySelector('#seen canvas') as HTMLCanvasElement;
      const { data } = small.getContext('2d')!.getImageData(0, 0, 28, 28);
      return Array.from({ length: 784 }, (_, i) => data[4 * i]!);
    });
    const mass = seen.reduce((sum, value) => sum + value, 0);
    const centre = (along: (i: number) => number): number =>
      seen.reduce((sum, value, i) => sum + value * (along(i) + 0.5), 0) / mass;
    expect(centre((i) => i % 28)).toBeCloseTo(14, 0);
    expect(centre((i) => Math.floor(i / 28))).toBeCloseTo(14, 0);
    const rows = seen.flatMap((value, i) => (value > 60 ? [Math.floor(i / 28)] : []));
    const height = Math.max(...rows) - Math.min(...rows) + 1;
    expect(height).toBeGreaterThanOrEqual(19);
    expect(height).toBeLessThanOrEqual(21);
  });
});
