import type { ModelSnapshot, Proof } from '../../../src-worker/api';
import { succeed } from '../../../src-worker/problem';
import { CARRY_KEY, encodeCarry } from '../../carry';
import { version } from '../../version';
import { holdsEverything, textFile, type ExportFile, type ExportFormat } from '../format';
import { channelsLast, kerasLayers, type KerasLayer } from '../keras/layers';
import { optimizerOption } from '../optimizer-option';
import { proofText } from '../proof-text';
import { rereadNetwork } from '../reread-network';
import { PREPROCESS, preprocessModule } from './preprocess';

/**
 * A layers model of TensorFlow.js: `model.json` with the layers, the proof and what Layerlab needs to go on in its metadata, and `weights.bin`,
 * float32 one after another. The model takes inputs that are scaled, which `preprocess.mjs` does.
 * Source: TensorFlow.js 4, `tf.io.ModelJSON`.
 */
export const tfjs: ExportFormat = {
  id: 'tfjs',
  label: 'TensorFlow.js',
  group: 'run',
  brief: 'browsers and Node',
  extension: 'zip',
  purpose: 'A layers model for the browser and Node, to train on or to answer, with a module that takes raw rows.',
  options: [optimizerOption],
  takesData: false,
  proves: 'reread',
  cannotHold: holdsEverything,
  encode: (model, { optimizer }, proof) => succeed(encodeTfjs(model, optimizer === 'yes', proof)),
  reread: rereadNetwork,
  usage: () => `import { predict } from "./${PREPROCESS}"; predict(tf, await tf.loadLayersModel("model.json"), rows);`,
};

function encodeTfjs(model: ModelSnapshot, optimizer: boolean, proof: Proof): readonly ExportFile[] {
  const layers = kerasLayers(model, { slope: 'alpha' });
  const weights = layers.flatMap(({ name, weights: own }) =>
    own.map((weight) => ({ ...weight, name: `${name}/${weight.name}` })),
  );
  const [first, ...others] = layers.map(describe);
  const inputShape = [null, ...channelsLast(model.preprocessing.inputShape)];
  const document = {
    ...{ format: 'layers-model', generatedBy: `Layerlab ${version}`, convertedBy: null },
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'sequential',
        layers: [{ ...first, config: { ...first?.config, batch_input_shape: inputShape } }, ...others],
      },
      ...{ keras_version: 'tfjs-layers 4.22.0', backend: 'tensor_flow.js' },
    },
    weightsManifest: [
      { paths: ['weights.bin'], weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) },
    ],
    userDefinedMetadata: {
      [CARRY_KEY]: JSON.parse(encodeCarry(model, optimizer)) as unknown,
      proof: JSON.parse(proofText(proof, model.preprocessing)) as unknown,
    },
  };
  return [
    textFile('model.json', JSON.stringify(document)),
    { name: 'weights.bin', bytes: concatenate(weights.map(({ values }) => values)), compress: false },
    textFile(PREPROCESS, preprocessModule(model, proof)),
  ];
}

function describe({ className, name, config }: KerasLayer): { class_name: string; config: Record<string, unknown> } {
  return { class_name: className, config: { name, trainable: true, dtype: 'float32', ...config } };
}

function concatenate(arrays: readonly ArrayLike<number>[]): Uint8Array {
  const floats = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    floats.set(array, at);
    at += array.length;
  }
  return new Uint8Array(floats.buffer);
}
