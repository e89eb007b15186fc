import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { decodeProject } from '../src-main/projects';
import { expect, test } from './fixtures';
import { writeMnist } from './mnist-files';
import { button, dropFiles, expectFinished, expectReady, saveProject, status } from './window';

/** The window as on a machine with so many cores: the training worker asks for them when its script starts. */
async function openWithCores(page: Page, cores: number): Promise<void> {
  await page.route(/\/worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const told = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${cores} });\n`;
    await route.fulfill({ response, body: told + (await response.text()) });
  });
  await page.reload();
  await expectReady(page);
}

test('one thread and two end with the same weights, bit for bit', async ({ app }) => {
  test.skip(app.shell === 'electron', 'The native dialogs cannot be driven from a story.');
  const { page, folder } = app;
  const { train, test: testFiles } = writeMnist(join(folder, 'mnist'), 2_000, 500);
  const weightsWith = async (cores: number) => {
    await openWithCores(page, cores);
    await dropFiles(page, ...train, ...testFiles);
    await expect(page.getByRole('button', { name: /^Data.*28 × 28/ })).toBeVisible();
    await expectReady(page);
    await button(page, 'Train').click();
    await expectFinished(page, 80_000);
    await expect(status(page)).toContainText(cores === 1 ? '1 thread ' : `${cores} threads`);
    await saveProject(page, `on ${cores}`);
    const project = await decodeProject(readFileSync(join(folder, `on ${cores}.layerlab`)), 'project');
    if (!project.ok || project.value.model === null) throw new Error('the saved project cannot be read');
    return project.value.model.state;
  };
  const [one, two] = [await weightsWith(1), await weightsWith(2)];
  expect(one.step).toBeGreaterThan(0);
  expect(two.parameters).toEqual(one.parameters);
  expect(two.optimizer).toEqual(one.optimizer);
  expect(two.history).toEqual(one.history);
});
