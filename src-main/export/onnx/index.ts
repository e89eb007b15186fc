import type { ModelSnapshot, Preprocessing, Proof } from '../../../src-worker/api';
import { succeed } from '../../../src-worker/problem';
import { resolveNetwork } from '../../../src-worker/shape';
import { sizeOf } from '../../../src-worker/tensor';
import { version } from '../../version';
import { CARRY_KEY, encodeCarry } from '../../carry';
import { ENDS } from '../../import/onnx/ends';
import { oneFile, type ExportFormat } from '../format';
import { proofText } from '../proof-text';
import { rereadNetwork } from '../reread-network';
import { GraphBuilder } from './graph';
import { addPreprocessing, type InputDescription } from './inputs';
import { addLayer } from './layers';
import { addAnswers, OUTPUTS } from './outputs';
import { options, readChoices, type Choices } from './options';
import { encodeModelProto, type ModelProto } from './proto';
import { beyondFloat16 } from './weights';

/** IR version of the first release of ONNX with that opset; https://onnx.ai/onnx/repo-docs/Versioning.html. */
const IR_VERSIONS: Readonly<Record<string, number>> = { '17': 8, '23': 11 };

/**
 * The model for other runtimes: raw columns or pixels in, answers in words and units out. Scaling, one-hot and the inverse
 * scaling of the target are inside the graph; names of columns and classes are data in it, never code.
 */
export const onnx: ExportFormat = {
  id: 'onnx',
  label: 'ONNX',
  group: 'run',
  brief: 'onnxruntime and many programs',
  extension: 'onnx',
  purpose: 'Runs in onnxruntime and many other programs, scaling included.',
  options,
  takesData: false,
  proves: 'reread',
  cannotHold: ({ state }, chosen) => (readChoices(chosen).weights === 'float16' ? beyondFloat16(state.parameters) : []),
  encode: (model, chosen, proof) => succeed(oneFile(encodeOnnx(model, readChoices(chosen), proof), 'model.onnx')),
  // The reader computes in floats, and would not see how bytes round the inputs of each layer.
  provesWith: (chosen) => (readChoices(chosen).weights === 'int8-dynamic' ? 'checks-itself' : 'reread'),
  reread: rereadNetwork,
  usage: (file) => `onnxruntime.InferenceSession(${JSON.stringify(file)}).run(None, inputs)`,
};

function encodeOnnx(model: ModelSnapshot, choices: Choices, proof: Proof): Uint8Array {
  const { experiment, preprocessing, state } = model;
  const graph = new GraphBuilder(Object.values(OUTPUTS));
  const { x, inputs } = addPreprocessing(graph, preprocessing);
  const parameters = new Map(state.parameters.map((tensor) => [tensor.name, tensor]));
  const resolved = resolveNetwork(experiment.network, preprocessing.inputShape);
  const yHat = resolved.reduce(
    (input, layer) => addLayer(graph, { layer, input, parameters, weights: choices.weights }),
    x,
  );
  const last = resolved.at(-1)!;
  const answer = last.outputShape.length > 1 ? graph.add('Flatten', 'answer', [yHat], { axis: 1 }) : yHat;
  addAnswers(graph, answer, sizeOf(last.outputShape), last.activation, preprocessing);
  const proto: ModelProto = {
    irVersion: IR_VERSIONS[choices.opset]!,
    producerName: 'Layerlab',
    producerVersion: version,
    docString: `${experiment.name}, trained for ${state.epoch} epochs in Layerlab ${version}`,
    opsetImport: [{ domain: '', version: Number(choices.opset) }],
    metadataProps: [
      ...describe(experiment.name, preprocessing, inputs),
      // The layers between preprocessing and answers, for those who want to go on with the network itself.
      { key: ENDS.input, value: x },
      { key: ENDS.output, value: answer },
      { key: 'proof', value: proofText(proof, preprocessing) },
      { key: CARRY_KEY, value: encodeCarry(model, choices.optimizer) },
    ],
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
