import Papa from 'papaparse';
import type { ModelSnapshot } from '../../src-worker/api';
import { inputNames } from '../../src-worker/data/features';
import { succeed } from '../../src-worker/problem';
import { sizeOf, type NamedTensor } from '../../src-worker/tensor';
import { shortestFloat32 } from './code-text';
import { textFile, type ExportFormat } from './format';
import { programOf } from './program';

/** What a spreadsheet can open: one more row and it silently cuts the file. */
const MOST_ROWS = 1_048_575;

/**
 * One weight to a line: `array,index,to,from,value`. `index` counts from 0 along every dimension, `to` names the class and `from` the
 * input where a weight of the first or the last layer has one. Texts that a spreadsheet would run as a formula are quoted with an
 * apostrophe; numbers never are.
 */
export const csv: ExportFormat = {
  id: 'csv',
  label: 'CSV',
  group: 'numbers',
  brief: 'weights for a spreadsheet',
  extension: 'csv',
  purpose: 'The weights alone, one to a line, for a spreadsheet.',
  options: [],
  takesData: false,
  proves: 'nothing',
  cannotHold: ({ state }) => {
    const rows = state.parameters.reduce((sum, { values }) => sum + values.length, 0);
    if (rows <= MOST_ROWS) return [];
    const largest = state.parameters.reduce((most, each) => (each.values.length > most.values.length ? each : most));
    return [
      {
        code: 'export/too-many-weights',
        message: `A spreadsheet holds ${MOST_ROWS.toLocaleString('en')} rows, but the network has ${rows.toLocaleString('en')} weights, ${largest.values.length.toLocaleString('en')} of them in ${largest.name}.`,
        hint: 'Choose NPZ, which holds any number of weights.',
      },
    ];
  },
  encode: (model) => succeed([textFile('weights.csv', encodeCsv(model))]),
  usage: (file) => `pandas.read_csv(${JSON.stringify(file)})`,
};

function encodeCsv(model: ModelSnapshot): string {
  const { preprocessing, steps } = programOf(model);
  const [first, last] = [steps[0], steps.at(-1)];
  const inputs = first?.kind === 'dense' && preprocessing.pixels === null ? inputNames(preprocessing.features) : [];
  const { classes } = preprocessing.target;
  const named = last?.kind === 'dense' && last.outputShape[0] === classes.length ? classes : [];
  const data = model.state.parameters.flatMap((tensor) => {
    const ofFirst = tensor.name === `W${first?.number}`;
    const ofLast = tensor.name === `W${last?.number}` || tensor.name === `b${last?.number}`;
    return rowsOf(tensor, ofFirst ? inputs : [], ofLast ? named : []);
  });
  const fields = ['array', 'index', 'to', 'from', 'value'];
  return `${Papa.unparse({ fields, data }, { newline: '\n', escapeFormulae: true })}\n`;
}

function rowsOf(
  { name, shape, values }: NamedTensor,
  inputs: readonly string[],
  classes: readonly string[],
): (string | number)[][] {
  const inner = shape.map((_, dimension) => sizeOf(shape.slice(dimension + 1)));
  return Array.from(values, (value, i) => {
    const place = shape.map((length, dimension) => Math.floor(i / inner[dimension]!) % length);
    const from = shape.length > 1 ? (inputs[place[1]!] ?? '') : '';
    return [name, place.join(' '), classes[place[0]!] ?? '', from, numberOf(values, value)];
  });
}

/** As a number, because Papa would take the minus of a text for the beginning of a formula. */
function numberOf(values: NamedTensor['values'], value: number): number {
  return values instanceof Float32Array && Number.isFinite(value) ? Number(shortestFloat32(value)) : value;
}
