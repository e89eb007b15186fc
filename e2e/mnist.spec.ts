import { join } from 'node:path';
import { expect, test } from './fixtures';
import { writeMnist } from './mnist-files';
import { button, dropFiles, expectFinished, expectReady, status } from './window';

test('dropped MNIST IDX files train above 90 % on the test file', async ({ app: { page, folder } }) => {
  const { train, test: testFiles } = writeMnist(join(folder, 'mnist'), 6_000, 2_000);
  await expectReady(page);
  await dropFiles(page, ...train, ...testFiles);
  await expect(page.getByRole('button', { name: /^Data.*28 × 28/ })).toBeVisible();
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page, 80_000);
  // The last epoch is done before the parts are evaluated.
  await expect(status(page)).toContainText(/test [\s\S]*%/);
  const text = await status(page).innerText();
  // A step of this network is long enough for every thread of the machine up to eight, where there is more than one.
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const threads = Number(/(\d+) threads?\b/.exec(text)?.[1]);
  if (cores > 1) expect(threads).toBeGreaterThan(1);
  expect(threads).toBeLessThanOrEqual(Math.min(cores, 8));
  const accuracy = Number(/test [\s\S]*?([\d.]+)\s*%/.exec(text)?.[1]);
  expect(accuracy).toBeGreaterThan(90);
});
