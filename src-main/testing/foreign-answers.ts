import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import type { Shape } from '../../src-worker/api';
import type { FloatArray } from '../../src-worker/tensor';
import type { ExportFile } from '../export/format';
import { transpose } from '../../src-worker/transpose';

/** Inputs as Keras and TensorFlow.js take them: images with their channels last. */
export function channelsLastInputs(
  x: FloatArray,
  rows: number,
  shape: Shape,
): { readonly x: FloatArray; readonly shape: Shape } {
  if (shape.length === 1) return { x, shape: [rows, ...shape] };
  const [channels, height, width] = shape as readonly [number, number, number];
  return { x: transpose(x, [rows, ...shape], [0, 2, 3, 1]), shape: [rows, height, width, channels] };
}

/** ŷ as TensorFlow.js itself gives it for inputs in the app's own order. */
export async function tfjsAnswers(
  files: readonly ExportFile[],
  inputs: FloatArray,
  rows: number,
  inputShape: Shape,
): Promise<FloatArray> {
  const model = await tfjsModel(files);
  const { x, shape } = channelsLastInputs(inputs, rows, inputShape);
  const y = model.predict(tf.tensor(Float32Array.from(x), [...shape])) as tf.Tensor;
  const values = await y.data();
  model.dispose();
  return Float32Array.from(values);
}

/** The exported model as TensorFlow.js loads it. */
export async function tfjsModel(files: readonly ExportFile[]): Promise<LayersModel> {
  await tf.setBackend('cpu');
  const [json, weights] = files;
  const document = JSON.parse(new TextDecoder().decode(json!.bytes)) as tf.io.ModelJSON;
  const artifacts: tf.io.ModelArtifacts = {
    modelTopology: document.modelTopology,
    weightSpecs: document.weightsManifest.flatMap((group) => group.weights),
    weightData: new Uint8Array(weights!.bytes).buffer,
  };
  return loadLayersModel({ load: () => Promise.resolve(artifacts) });
}
