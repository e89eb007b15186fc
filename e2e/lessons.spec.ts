import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { addLayer, button, cards, dropContents, expectFinished, expectReady, setField } from './window';

const lesson = (page: Page) => page.getByRole('region', { name: 'Lesson', exact: true });
const goal = (page: Page, words: string) => lesson(page).getByRole('listitem').filter({ hasText: words });
const expectReached = (page: Page, words: string) =>
  expect(goal(page, words).getByLabel('Reached', { exact: true })).toBeVisible();
const next = (page: Page) => lesson(page).getByRole('button', { name: 'Next' }).click();

async function expectClean(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ).toEqual([]);
  }
}

test('a lesson from its first step to its last, by its own words, and back to the work before it', async ({
  app: { page },
}) => {
  await expectReady(page);
  await page.getByRole('button', { name: 'Open a lesson' }).click();
  await expectClean(page);
  await page.getByRole('button', { name: /^Why a hidden layer/ }).click();
  await expect(page.getByRole('heading', { name: 'One unit draws a line' })).toBeVisible();
  await expect(page.getByRole('tab')).toHaveText(['Curves', 'Boundary', 'Network']);
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  await expectReached(page, 'Train for 60 epochs.');
  await goal(page, 'How does it do').getByRole('radio', { name: 'About 75 %' }).check();
  await expect(goal(page, 'How does it do')).toContainText('Not that one.');
  await goal(page, 'How does it do').getByRole('radio', { name: 'Little better than guessing' }).check();
  await expectReached(page, 'How does it do');
  await expectClean(page);
  await next(page);

  await expect(page.getByRole('heading', { name: 'Look at the boundary' })).toBeFocused();
  await page.getByRole('tab', { name: 'Boundary' }).click();
  await expectReached(page, 'Open the Boundary view.');
  await goal(page, 'How many of the four quarters').getByRole('button', { name: 'Show me' }).click();
  await expectReached(page, 'How many of the four quarters');
  await next(page);

  await addLayer(page, 'Dense');
  await cards(page).first().click();
  await setField(page, 'Units', '4');
  await page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Activation').selectOption('tanh');
  await button(page, 'Train on').click();
  await expectFinished(page);
  await expectReached(page, 'Bring the dev accuracy to 90 %.');
  await next(page);

  await button(page, 'Open the flower').click();
  await expect(cards(page)).toHaveCount(2);
  await goal(page, 'How many parameters').getByRole('textbox').fill('17');
  await expectReached(page, 'How many parameters');
  await expectReady(page);
  await button(page, 'Train').click();
  await expectReached(page, 'Bring the train accuracy on the flower to 85 %.');
  await lesson(page).getByRole('button', { name: 'Finish' }).click();
  await expect(lesson(page)).toHaveCount(0);
  const undo = page.getByRole('button', { name: /^Undo/ });
  while (await undo.isEnabled()) await undo.click();
  await expect(page.getByRole('banner')).toContainText('epoch 0 of 165');
  await expect(page.getByRole('tab', { name: 'Maths' })).toBeVisible();
});

test('a dropped lesson opens; one that is broken says where', async ({ app: { page } }) => {
  await expectReady(page);
  const file = {
    format: 'layerlab-lesson',
    version: 1,
    title: 'Dropped',
    experiment: {
      data: { source: { sample: 'moons' } },
      network: { layers: [{ kind: 'dense', units: 1, activation: 'sigmoid' }] },
    },
    steps: [
      {
        title: 'Only step',
        text: '<b onclick="alert(1)">bold</b> and $\\href{javascript:alert(1)}{x}$',
        goals: [] as unknown[],
      },
    ],
  };
  await dropContents(page, { name: 'a.layerlab-lesson', content: JSON.stringify(file) });
  await expect(lesson(page).getByText('<b onclick="alert(1)">bold</b>')).toBeVisible();
  await expect(lesson(page).locator('b, a')).toHaveCount(0);
  file.steps[0]!.goals = [{ kind: 'metric', say: 'x', part: 'all' }];
  await dropContents(page, { name: 'b.layerlab-lesson', content: JSON.stringify(file) });
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('steps[0].goals[0].part');
});

test('a teacher writes a lesson, tries it and shares the file; a student opens it by drop', async ({
  app: { page, folder, shell, reopen },
}) => {
  test.skip(shell === 'electron', 'saves through the system’s own dialog');
  await expectReady(page);
  await page.keyboard.press('l');
  await button(page, 'Write a lesson').click();
  const editor = page.getByRole('region', { name: 'Lesson editor' });
  await editor.getByLabel('Title').fill('Two petals');
  await editor.getByRole('group', { name: 'Controls within reach' }).getByLabel('All').uncheck();
  await editor.getByLabel('Data', { exact: true }).first().uncheck();
  await editor.getByLabel('Heading').fill('Look first');
  const text = editor.getByRole('textbox', { name: 'Text' });
  await text.fill('One unit: $\\frac{a$.');
  await expect(editor.getByTitle('This formula cannot be read')).toHaveText('\\frac{a');
  await text.fill('One unit: $a = \\sigma(z)$.\n\nPress **Train**.');
  await expect(editor.getByRole('group', { name: 'Preview of the text' }).locator('strong')).toHaveText('Train');
  await editor.getByLabel('Add a goal').selectOption('Trained for a while');
  await editor.getByLabel('What to reach').fill('Train for 3 epochs.');
  await editor.getByRole('textbox', { name: 'Epochs' }).fill('many');
  await expect(editor.getByText('Type a number.')).toBeVisible();
  await editor.getByRole('textbox', { name: 'Epochs' }).fill('3');
  await expectClean(page);
  await button(page, 'Try it').click();
  await expect(goal(page, 'Train for 3 epochs.')).toContainText('epoch 0 of 3');
  await button(page, 'Edit a copy of the lesson').click();
  await button(page, 'Save the lesson…').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/Saved Two petals.layerlab-lesson/)).toBeVisible();

  const student = await reopen();
  await expectReady(student);
  const name = 'Two petals.layerlab-lesson';
  await dropContents(student, { name, content: readFileSync(join(folder, name)) });
  await expect(lesson(student).getByRole('heading', { name: 'Look first' })).toBeVisible();
  await expectReady(student);
  await button(student, 'Train').click();
  await expectReached(student, 'Train for 3 epochs.');
});
