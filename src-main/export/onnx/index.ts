import type { ModelSnapshot, Preprocessing } from '../../../src-worker/api';
import { kindOf } from '../../../src-worker/data/features';
import { fail, succeed, type Outcome, type Problem } from '../../../src-worker/problem';
import { resolveNetwork } from '../../../src-worker/shape';
import { sizeOf } from '../../../src-worker/tensor';
import { version } from '../../version';
import type { ExportFormat } from '../format';
import { GraphBuilder } from './graph';
import { addPreprocessing, type InputDescription } from './inputs';
import { addLayer } from './layers';
import { addAnswers, OUTPUTS } from './outputs';
import { encodeModelProto, type ModelProto } from './proto';

/** Every runtime of the last years reads these; the checker that Debian packages goes no further. */
const OPSET = 17;
const IR_VERSION = 8;

/**
 * The model for other runtimes: raw columns or pixels in, answers in words and units out. Scaling, one-hot and the inverse
 * scaling of the target are inside the graph; names of columns and classes are data in it, never code.
 */
export const onnx: ExportFormat = {
  id: 'onnx',
  label: 'ONNX',
  extension: 'onnx',
  purpose: 'Runs in onnxruntime and many other programs, scaling included.',
  encode: encodeOnnx,
};

function encodeOnnx(model: ModelSnapshot): Outcome<Uint8Array> {
  const problem = findNonFinite(model);
  if (problem !== null) return fail(problem);
  const { experiment, preprocessing, state } = model;
  const graph = new GraphBuilder(Object.values(OUTPUTS));
  const { x, inputs } = addPreprocessing(graph, preprocessing);
  const parameters = new Map(state.parameters.map((tensor) => [tensor.name, tensor]));
  const resolved = resolveNetwork(experiment.network, preprocessing.inputShape);
  const yHat = resolved.reduce((input, layer) => addLayer(graph, { layer, input, parameters }), x);
  const last = resolved.at(-1)!;
  const answer = last.outputShape.length > 1 ? graph.add('Flatten', 'answer', [yHat], { axis: 1 }) : yHat;
  addAnswers(graph, answer, sizeOf(last.outputShape), last.activation, preprocessing);
  const proto: ModelProto = {
    irVersion: IR_VERSION,
    producerName: 'Layerlab',
    producerVersion: version,
    docString: `${experiment.name}, trained for ${state.epoch} epochs in Layerlab ${version}`,
    opsetImport: [{ domain: '', version: OPSET }],
    metadataProps: describe(experiment.name, preprocessing, inputs),
    graph: {
      name: experiment.name,
      docString: '',
      node: graph.nodes,
      initializer: graph.initializers,
      input: graph.inputs,
      output: graph.outputs,
    },
  };
  return succeed(encodeModelProto(proto));
}

/** Keys in `metadata_props`; lists are JSON, because a name may hold any character. */
function describe(
  name: string,
  { task, target, features }: Preprocessing,
  inputs: readonly InputDescription[],
): ModelProto['metadataProps'] {
  const entries: Readonly<Record<string, string>> = {
    name,
    task,
    target: target.name,
    class_names: JSON.stringify(target.classes),
    feature_names: JSON.stringify(features.map((feature) => feature.column)),
    inputs: JSON.stringify(inputs),
    app: 'Layerlab',
    app_version: version,
  };
  return Object.entries(entries).map(([key, value]) => ({ key, value }));
}

/** Other runtimes would run on in silence with a weight that is no number. */
function findNonFinite({ preprocessing, state }: ModelSnapshot): Problem | null {
  const broken = state.parameters.find(({ values }) => !values.every((value) => Number.isFinite(Math.fround(value))));
  const { features, pixels, target } = preprocessing;
  const scaling = [
    ...features.flatMap((feature) => kindOf(feature.type).numbers(feature)),
    ...(pixels === null ? [] : [...pixels.offset, ...pixels.scale]),
    target.mean,
    target.deviation,
  ];
  if (broken === undefined && scaling.every(Number.isFinite)) return null;
  const what = broken === undefined ? 'The scaling of the data' : `The array ${broken.name}`;
  return {
    code: 'export/not-finite',
    message: `${what} holds values that are not finite numbers, so no other program could use the model.`,
    hint: 'Lower the learning rate, reset and train again before you export.',
  };
}
