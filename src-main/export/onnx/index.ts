import type { ModelSnapshot, Preprocessing } from '../../../src-worker/api';
import { succeed } from '../../../src-worker/problem';
import { resolveNetwork } from '../../../src-worker/shape';
import { sizeOf } from '../../../src-worker/tensor';
import { version } from '../../version';
import { holdsEverything, oneFile, type ExportFormat } from '../format';
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
  options: [],
  proves: 'checks-itself',
  cannotHold: holdsEverything,
  encode: (model) => succeed(oneFile(encodeOnnx(model), 'model.onnx')),
  usage: (file) => `onnxruntime.InferenceSession(${JSON.stringify(file)}).run(None, inputs)`,
};

function encodeOnnx({ experiment, preprocessing, state }: ModelSnapshot): Uint8Array {
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
  return encodeModelProto(proto);
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
