import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { button, dropContents, dropFiles, expectReady, exportModel, standing, status, trainEpochs } from './window';

/** A model leaves the window and comes back, and answers as before; weights that are no numbers leave only for those who say so. */

test.beforeEach(({ app: { shell } }) => {
  test.skip(shell === 'electron', 'The native save dialog cannot be driven from a story.');
});

const step = (page: Page) => status(page).getByText(/^step/);

/** What the network answers to the first example, with every figure. */
async function answerText(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'Try it' }).click();
  const answer = page.getByRole('region', { name: 'Answer' });
  await expect(answer).toContainText('The data say');
  return answer.innerText();
}

test('exported and dropped again, as ONNX and as PyTorch, it gives the same answers', async ({
  app: { page, folder },
}) => {
  await expectReady(page);
  await trainEpochs(page, 5);
  const [answer, numbers] = [await answerText(page), await standing(page)];
  for (const [format, file] of [
    ['ONNX', 'flower.onnx'],
    ['PyTorch', 'flower.zip'],
  ] as const) {
    await exportModel(page, format, 'flower');
    await page.keyboard.press('ControlOrMeta+n');
    await expect(step(page)).toHaveText('step 0');
    await dropFiles(page, join(folder, file));
    await page.getByRole('dialog', { name: file }).getByRole('button', { name: 'Open the experiment' }).click();
    await expect.poll(() => standing(page), format).toBe(numbers);
    expect(await answerText(page), format).toBe(answer);
  }
});

test('weights that are no numbers are shown, and leave the window only after a warning, every time', async ({
  app: { page, folder },
}) => {
  await expectReady(page);
  await exportModel(page, 'JSON', 'flower');
  const weights = readFileSync(join(folder, 'flower.json'), 'utf8').replace(
    /("values": \[\s*\[)[-\d.e]+/,
    '$1"Infinity"',
  );
  expect(weights).toContain('"Infinity"');
  await dropContents(page, { name: 'broken.json', content: weights });
  const opened = page.getByRole('dialog', { name: 'broken.json' });
  await expect(opened.getByRole('alert')).toContainText('W1 holds numbers that are not finite');
  await opened.getByRole('button', { name: 'Open the experiment' }).click();
  await expect(opened).toBeHidden();
  await expectReady(page);

  await button(page, 'Export').click();
  const dialog = page.getByRole('dialog', { name: 'Export the model' });
  const leave = dialog.getByRole('button', { name: 'Export', exact: true });
  await dialog.getByRole('radio', { name: 'NPZ' }).check();
  await expect(dialog.getByRole('alert')).toContainText('W1 holds values that are not finite numbers');
  await expect(leave).toBeDisabled();
  await expectAccessible(page, 'the warning', 'dialog');
  await dialog.getByLabel('Export them all the same').check();
  await expect(leave).toBeEnabled();
  await leave.click();
  await expect(page.getByText(/Exported flower.npz/)).toBeVisible();

  await page.keyboard.press('ControlOrMeta+Shift+e');
  await expect(dialog.getByRole('alert')).toContainText('W1 holds values that are not finite numbers');
  await expect(leave).toBeDisabled();
});
