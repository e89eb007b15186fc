import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import Papa from 'papaparse';
import { expect, test } from './fixtures';
import { button, dropFiles, expectFinished, expectReady, exportModel, saveProject } from './window';

const here = dirname(fileURLToPath(import.meta.url));
const penguins = join(here, 'data/penguins.csv');

type Row = Readonly<Record<string, string>>;

function readCsv(path: string): Row[] {
  return Papa.parse<Row>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: true }).data;
}

test('the dialog shows what each format holds and how it is proven, and a page exported from it answers as the app does', async ({
  app: { page, folder, shell },
}) => {
  test.skip(shell === 'electron', 'The native save dialog cannot be driven from a story.');
  await expectReady(page);
  await dropFiles(page, penguins);
  await expect(page.getByRole('list', { name: 'Layers' }).getByText('Dense 3')).toBeVisible();
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);

  await button(page, 'Export').click();
  const dialog = page.getByRole('dialog', { name: 'Export the model' });
  await dialog.getByRole('radio', { name: 'JavaScript' }).check();
  await expect(dialog.getByText(/Read back: 8 test rows answered as in Layerlab, within \d × 10⁻⁸/)).toBeVisible();
  await expect(dialog.getByText('import { predict } from "./model.mjs";')).toBeVisible();
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await dialog.getByRole('radio', { name: 'SVG figure' }).check();
  await dialog.getByLabel('Lines').selectOption('Plain');
  await expect(dialog.getByText(/Holds numbers or a picture/)).toBeVisible();
  await page.keyboard.press('Escape');

  await exportModel(page, 'Web page', 'penguins');
  await saveProject(page, 'penguins');
  const out = join(folder, 'predictions.csv');
  execFileSync(process.execPath, [
    join(here, '../scripts/layerlab.mjs'),
    ...['predict', join(folder, 'penguins.layerlab'), '--data', penguins, '--out', out],
  ]);
  const own = readCsv(out);
  const rows = readCsv(penguins);

  const other = await page.context().newPage();
  const problems: string[] = [];
  other.on('pageerror', (error) => problems.push(error.message));
  other.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await other.goto(pathToFileURL(join(folder, 'penguins.html')).href);
  await expect(other.getByText(/8 known inputs answered as in the app, within/)).toBeVisible();
  const answers = await other.evaluate(
    (asked) =>
      asked.map((row) =>
        (globalThis as unknown as { predict(row: object): { answer: string; outputs: number[] } }).predict(row),
      ),
    rows,
  );
  const species = ['Adelie', 'Chinstrap', 'Gentoo'];
  const largest = Math.max(
    ...rows.flatMap((_, n) =>
      species.map((name, k) => Math.abs(Number(own[n]![`p(${name})`]) - answers[n]!.outputs[k]!)),
    ),
  );
  expect(largest).toBeLessThan(1e-5);
  expect(answers.map(({ answer }) => answer)).toEqual(own.map((row) => Object.values(row)[0]));

  // By hand, as the one who was sent the page does.
  const gentoo = rows.findIndex((row) => row['species'] === 'Gentoo');
  for (const [column, cell] of Object.entries(rows[gentoo]!)) {
    const field = other.getByLabel(column, { exact: true });
    if ((await field.count()) === 0) continue;
    const isChoice = (await field.evaluate((element) => element.tagName)) === 'SELECT';
    await (isChoice ? field.selectOption(cell) : field.fill(cell));
  }
  await expect(other.locator('output')).toHaveText(answers[gentoo]!.answer);
  expect((await new AxeBuilder({ page: other }).analyze()).violations).toEqual([]);
  expect(problems).toEqual([]);
});
