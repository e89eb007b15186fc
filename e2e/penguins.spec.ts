import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import Papa from 'papaparse';
import { expect, test } from './fixtures';
import { button, dropFiles, expectFinished, expectReady, exportModel, headline, saveProject } from './window';

const here = dirname(fileURLToPath(import.meta.url));
const penguins = join(here, 'data/penguins.csv');

interface Row {
  readonly [column: string]: string;
}

function readCsv(path: string): Row[] {
  return Papa.parse<Row>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: true }).data;
}

/** Feeds raw rows to the exported graph by its own input names; holes are NaN and ''. */
async function runOnnx(path: string, rows: readonly Row[]): Promise<number[][]> {
  const session = await InferenceSession.create(readFileSync(path));
  const feeds = Object.fromEntries(
    session.inputMetadata.map((input) => {
      if (!input.isTensor) throw new Error(`${input.name} is not a tensor`);
      if (input.type === 'string') {
        return [
          input.name,
          new Tensor(
            'string',
            rows.map((row) => row[input.name] ?? ''),
            [rows.length, 1],
          ),
        ];
      }
      const values = rows.map((row) => (row[input.name] === '' ? Number.NaN : Number(row[input.name])));
      return [input.name, new Tensor('float32', Float32Array.from(values), [rows.length, 1])];
    }),
  );
  const probabilities = (await session.run(feeds))['probabilities']!;
  const classes = probabilities.dims[1]!;
  const values = probabilities.data as Float32Array;
  return rows.map((_, n) => Array.from(values.slice(n * classes, (n + 1) * classes)));
}

test('a dropped table becomes three species, trains above 95 %, and its ONNX export gives the app’s own answers', async ({
  app: { page, folder, shell },
}) => {
  test.skip(shell === 'electron', 'The native save dialog cannot be driven from a story.');
  await expectReady(page);
  await dropFiles(page, penguins);
  await expect(page.getByText(/species is the target because/).first()).toBeVisible();
  await expect(page.getByRole('list', { name: 'Layers' }).getByText('Dense 3')).toBeVisible();
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  expect(await headline(page, 'dev accuracy')).toBeGreaterThan(95);

  await exportModel(page, 'ONNX', 'penguins');
  await saveProject(page, 'penguins');
  const out = join(folder, 'predictions.csv');
  execFileSync(process.execPath, [
    join(here, '../scripts/layerlab.mjs'),
    ...['predict', join(folder, 'penguins.layerlab'), '--data', penguins, '--out', out],
  ]);
  const own = readCsv(out);
  const rows = readCsv(penguins);
  expect(own.length).toBe(rows.length);
  const elsewhere = await runOnnx(join(folder, 'penguins.onnx'), rows);
  const species = ['Adelie', 'Chinstrap', 'Gentoo'];
  const largest = Math.max(
    ...rows.flatMap((_, n) => species.map((name, k) => Math.abs(Number(own[n]![`p(${name})`]) - elsewhere[n]![k]!))),
  );
  expect(largest).toBeLessThan(1e-5);
});
