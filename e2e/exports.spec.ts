import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import Papa from 'papaparse';
import { expect, test } from './fixtures';
import { button, dropFiles, expectReady, exportModel, saveProject, trainEpochs } from './window';

const here = dirname(fileURLToPath(import.meta.url));
const penguins = join(here, 'data/penguins.csv');

type Row = Readonly<Record<string, string>>;

function readCsv(path: string): Row[] {
  return Papa.parse<Row>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: true }).data;
}

/** As the command line runs, without looking first whether the app is built. */
function commandLine(...args: readonly string[]): void {
  const cli = pathToFileURL(join(here, '../out/main/cli.js')).href;
  const program = `import { main } from ${JSON.stringify(cli)}; process.exitCode = await main(process.argv.slice(1), process);`;
  execFileSync(process.execPath, ['--input-type=module', '-e', program, ...args]);
}

test('the dialog shows what each format holds and how it is proven, and a page exported from it answers as the app does', async ({
  app: { page, folder, shell },
}) => {
  test.skip(shell === 'electron', 'The native save dialog cannot be driven from a story.');
  await expectReady(page);
  await dropFiles(page, penguins);
  await expect(page.getByRole('list', { name: 'Layers' }).getByText('Dense 3')).toBeVisible();
  await expectReady(page);
  await trainEpochs(page, 5);

  await button(page, 'Export').click();
  const dialog = page.getByRole('dialog', { name: 'Export the model' });
  await dialog.getByRole('radio', { name: 'JavaScript' }).check();
  await expect(
    dialog.getByText(/Read back: 8 test rows answered as in Layerlab, within \d\s×\s10⁻[⁷⁸⁹]/),
  ).toBeVisible();
  await expect(dialog.getByText('import { predict } from "./model.mjs";')).toBeVisible();
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await dialog.getByRole('radio', { name: 'SVG figure' }).check();
  await dialog.getByLabel('Lines').selectOption('Plain');
  await expect(dialog.getByText(/Holds numbers or a picture/)).toBeVisible();
  await page.keyboard.press('Escape');

  await exportModel(page, 'Web page', 'penguins');
  await saveProject(page, 'penguins');
  const out = join(folder, 'predictions.csv');
  commandLine('predict', join(folder, 'penguins.layerlab'), '--data', penguins, '--out', out);
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

test('an export is copied, dragged out, and written again by one key, while the network trains', async ({
  app: { page, folder, shell },
}) => {
  test.skip(shell === 'electron', 'The native save dialog cannot be driven from a story.');
  await expectReady(page);
  const again = (): Promise<void> => page.keyboard.press('ControlOrMeta+Shift+e');
  // Nothing was exported yet, so it is asked what.
  await again();
  const dialog = page.getByRole('dialog', { name: 'Export the model' });
  await dialog.getByRole('radio', { name: 'NPZ' }).check();
  await expect(dialog.getByText('weights for NumPy')).toBeVisible();
  const file = dialog.getByTitle('Drag it to a folder, or onto another program');
  await file.hover();
  await expect(file).toHaveAttribute('draggable', 'true');
  const dragged = await file.evaluate((element) => {
    const dataTransfer = new DataTransfer();
    element.dispatchEvent(new DragEvent('dragstart', { dataTransfer, bubbles: true, cancelable: true }));
    return dataTransfer.getData('DownloadURL');
  });
  const [, name, address] = /^application\/octet-stream:([^:]+):(http:\/\/127\.0\.0\.1:.*)$/.exec(dragged) ?? [];
  expect(name).toBe('flower.npz');
  const fetched = await page.request.get(address!);
  expect(fetched.headers()['content-disposition']).toContain('flower.npz');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByText(/Exported flower.npz/)).toBeVisible();
  const written = join(folder, 'flower.npz');
  expect(readFileSync(written).equals(await fetched.body())).toBe(true);
  expect((await page.request.get(address!)).status()).toBe(404);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const messages = page.getByRole('region', { name: 'Messages' });
  await messages.getByRole('button', { name: 'Copy this line' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('numpy.load("flower.npz")');

  // In the middle of training the proof is of the weights that are written.
  await button(page, 'Train').click();
  await page.keyboard.press('ControlOrMeta+e');
  await dialog.getByRole('radio', { name: 'ONNX' }).check();
  await expect(dialog.getByText(/Read back: 8 test rows answered as in Layerlab, within \d\s×\s10⁻[⁷⁸]/)).toBeVisible();
  await page.keyboard.press('Escape');
  await button(page, 'Pause').click();
  const before = readFileSync(written);
  await again();
  await expect.poll(() => readFileSync(written).equals(before)).toBe(false);
  await expect(dialog).not.toBeVisible();

  // Gone with its folder: what could not be written is said, and where to is asked again.
  rmSync(folder, { recursive: true });
  await again();
  await expect(page.getByTestId('problem')).toContainText('there is no such folder');
  await expect(dialog.getByRole('radio', { name: 'NPZ' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect.poll(() => existsSync(written)).toBe(true);
});
