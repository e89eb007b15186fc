import type { SampleSource } from '../experiment/document';
import { createRandom, type Random } from '../random';
import { numberAt } from './column';
import { readFile } from './formats';
import { PREVIEW_ROWS } from './limits';
import type { LoadedData } from './loaded';
import { columnOfNumbers } from './number-column';
import { samples, type ImageSample, type PlaneSample, type SampleDefinition, type TableSample } from './samples';
import type { Table } from './table';

/** Draws, or takes out of the app, what a document's sample names. */
export async function generateSample(source: SampleSource): Promise<LoadedData> {
  const definition: SampleDefinition = samples[source.sample];
  const random = createRandom(source.seed, 'sample', source.sample);
  switch (definition.form) {
    case 'plane':
      return drawPoints(definition, source, random);
    case 'images':
      return drawImages(definition, source, random);
    case 'table':
      return takeRows(definition, source, random);
  }
}

function drawPoints(
  definition: PlaneSample,
  { examples, noise, classes = 2 }: SampleSource,
  random: Random,
): LoadedData {
  const values = definition.generate({ examples, noise, classes }, random);
  const columns = values.map((column, index) => columnOfNumbers(definition.columns[index]!, column));
  const preview = Array.from({ length: Math.min(PREVIEW_ROWS, examples) }, (_, row) =>
    values.map((column) => String(Number(column[row]!.toPrecision(6)))),
  );
  const table = { name: definition.label, rows: examples, columns, preview };
  return {
    kind: 'table',
    title: definition.label,
    table,
    testTable: null,
    generated: true,
    workbook: null,
    warnings: [],
  };
}

function drawImages(definition: ImageSample, { examples, noise }: SampleSource, random: Random): LoadedData {
  const [channels, height, width] = definition.shape;
  const size = channels * height * width;
  const pixels = new Uint8Array(examples * size);
  const labels = new Int32Array(examples);
  for (let n = 0; n < examples; n++) {
    labels[n] = definition.draw(n, noise, random, pixels.subarray(n * size, (n + 1) * size));
  }
  const { label: title, classNames } = definition;
  const images = {
    file: title,
    labelFile: title,
    count: examples,
    channels,
    height,
    width,
    pixels,
    labels,
    classNames,
  };
  return { kind: 'images', title, images, testImages: null, generated: true, warnings: [] };
}

/** Some rows of a table, drawn without repetition and in its order; noise moves its measurements. */
async function takeRows(
  { csv, label, kind, target }: TableSample,
  { examples, noise }: SampleSource,
  random: Random,
): Promise<LoadedData> {
  const [header, ...rows] = csv.split('\n');
  const taken = random.permutation(rows.length).slice(0, examples).sort();
  const text = [header, ...Array.from(taken, (row) => rows[row]!)].join('\n');
  const read = await readFile(new File([text], `${kind}.csv`));
  if (read.kind !== 'table') throw new RangeError(`the sample ${kind} is no table`);
  const table = { ...(noise === 0 ? read.table : blur(read.table, noise, target, random)), name: label };
  return { kind: 'table', title: label, table, testTable: null, generated: true, workbook: null, warnings: [] };
}

function blur(table: Table, noise: number, target: string, random: Random): Table {
  const columns = table.columns.map((column) => {
    const { notNumbers, numeric } = column.profile;
    if (column.name === target || notNumbers > 0 || numeric === null) return column;
    const moved = Float64Array.from({ length: column.length }, (_, row) => {
      const value = numberAt(column, row) + noise * numeric.deviation * random.normal();
      return Number(value.toPrecision(6));
    });
    return columnOfNumbers(column.name, moved);
  });
  const preview = table.preview.map((cells, row) =>
    cells.map((cell, index) => {
      const value = numberAt(columns[index]!, row);
      return columns[index] === table.columns[index] || Number.isNaN(value) ? cell : String(value);
    }),
  );
  return { ...table, columns, preview };
}
