import { expect, test } from './fixtures';
import { button, expectReady, saveProject, standing, status } from './window';

/** Runs a fixed number of single steps: exact, however fast the machine is. */
async function steps(page: Parameters<typeof button>[0], count: number, from: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    await button(page, 'Step').click();
    await expect(status(page).getByText(/^step/)).toHaveText(`step ${from + n}`);
  }
}

test('save, close, open, go on: the same loss as without the break', async ({ app }) => {
  test.skip(app.shell === 'electron', 'The native dialogs cannot be driven from a story.');
  let { page } = app;
  await expectReady(page);
  await steps(page, 12, 0);
  await saveProject(page, 'half way');
  await steps(page, 12, 12);
  const unbroken = await standing(page);

  page = await app.reopen();
  await expectReady(page);
  await page.keyboard.press('ControlOrMeta+o');
  await page
    .getByRole('dialog', { name: 'Open a project' })
    .getByRole('button', { name: /half way/ })
    .click();
  await expect(status(page).getByText(/^step/)).toHaveText('step 12');
  await steps(page, 12, 12);
  expect(await standing(page)).toBe(unbroken);
});
