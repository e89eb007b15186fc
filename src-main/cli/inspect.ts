import type { ReadModel } from '../import/read-model';
import { describeProblem } from '../../src-worker/problem';
import { sizeOf } from '../../src-worker/tensor';
import { readArguments } from './arguments';
import type { Command } from './command';
import { readModelFiles } from './read-model-files';

export const inspect: Command = {
  name: 'inspect',
  summary: 'Show the layers and weights of a model file of any program.',
  usage: `Usage: layerlab inspect MODEL [WEIGHTS…] [--json]

MODEL is an ONNX, Keras, TensorFlow.js, safetensors or NPZ file, or weights that Layerlab wrote as JSON; WEIGHTS are the files in
which it keeps its weights. Shows every layer, and of every array the shape, least, largest, mean and standard deviation, whether
or not Layerlab could train it. Nothing in the file is run.
`,

  async run(args, io) {
    const files = args.filter((arg) => arg !== '--json');
    readArguments('inspect', files.slice(0, 1), ['MODEL'], {});
    const model = await readModelFiles(files, io);
    io.stdout.write(args.includes('--json') ? asJson(model) : describeModel(model));
    return 0;
  },
};

/** Without the arrays themselves. */
function asJson({ format, name, producer, layers, tensors, parameters, network, problems, notes }: ReadModel): string {
  const described = {
    format,
    name,
    producer,
    parameters,
    layers,
    tensors,
    network: network?.spec ?? null,
    problems,
    notes,
  };
  return `${JSON.stringify(described, null, 2)}\n`;
}

/** A page for people: what it is, its layers, its arrays, and what stands in the way. */
export function describeModel(model: ReadModel): string {
  const { label, name, producer, layers, tensors, parameters, problems, notes } = model;
  const by = producer === '' ? '' : `, by ${producer}`;
  const lines = [`${name}: ${label}${by}, ${parameters.toLocaleString('en')} numbers in ${tensors.length} arrays`];
  const use = usable(model);
  if (layers.length > 0) {
    lines.push(
      '',
      ...table(
        layers.map((layer) => [layer.name, layer.operator, shapeText(layer.outputShape), count(layer.parameters)]),
      ),
    );
  }
  if (tensors.length > 0) {
    lines.push(
      '',
      ...table(
        tensors.map(({ name: called, type, shape, statistics: s }) => [
          called,
          type,
          `[${shape.join(', ')}]`,
          s === null ? '' : `${short(s.min)} … ${short(s.max)}, mean ${short(s.mean)}, deviation ${short(s.deviation)}`,
          s !== null && s.notFinite > 0 ? `${s.notFinite} of ${sizeOf(shape)} not finite` : '',
        ]),
      ),
    );
  }
  lines.push('', use, ...problems.map(describeProblem), ...notes);
  return `${lines.map(printable).join('\n')}\n`;
}

function usable({ model, network, weights }: ReadModel): string {
  if (model !== null)
    return `A model of Layerlab: "${model.experiment.name}", after ${model.state.epoch} epochs. It can be imported as it is.`;
  if (network !== null)
    return `It can be imported: ${network.spec.layers.length} layers, input [${network.inputShape.join(', ')}], ${network.outputs} outputs.`;
  return weights.length > 0
    ? 'Its arrays can be put into a network of the same shapes: layerlab import MODEL --into EXPERIMENT.'
    : 'It cannot be imported.';
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => printable(row[column] ?? '').length)),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => printable(cell).padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

const count = (parameters: number): string => (parameters === 0 ? '' : parameters.toLocaleString('en'));
const shapeText = (shape: readonly number[] | null): string => (shape === null ? '' : `[${shape.join(', ')}]`);
const short = (value: number): string => String(Number(value.toPrecision(4)));

/** Names out of files may hold line breaks and terminal escapes. */
function printable(text: string): string {
  // Control characters are exactly what must not reach the terminal.
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}

const LONGEST = 1_000;
