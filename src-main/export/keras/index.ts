import type { ModelSnapshot, Proof, Shape } from '../../../src-worker/api';
import { succeed } from '../../../src-worker/problem';
import { CARRY_KEY, encodeCarry } from '../../carry';
import { writeHdf5, type Hdf5Group } from '../../hdf5/write';
import { version } from '../../version';
import { writeZip, type ZipEntry } from '../../zip';
import { holdsEverything, oneFile, type ExportFormat } from '../format';
import { optimizerOption } from '../optimizer-option';
import { proofText } from '../proof-text';
import { rereadNetwork } from '../reread-network';
import { channelsLast, kerasLayers, type KerasLayer } from './layers';
import { PREPROCESS, preprocessModule } from './preprocess';

/** The first release of Keras with this format. */
const KERAS_VERSION = '3.0.0';

/**
 * A `.keras` file: `config.json` with a Sequential model, `model.weights.h5`, `metadata.json`; beside them what Keras leaves alone: the proof, what
 * Layerlab needs to go on, and `preprocess.py`, which makes of raw rows the scaled inputs that the model takes.
 * Source: Keras 3, `keras.saving`, as it writes and reads such files.
 */
export const keras: ExportFormat = {
  id: 'keras',
  label: 'Keras 3',
  group: 'train',
  brief: 'any backend of Keras',
  extension: 'keras',
  purpose: 'Opens in Keras 3 with any of its backends, to train on or to deploy; a module inside takes raw rows.',
  options: [optimizerOption],
  takesData: false,
  proves: 'reread',
  cannotHold: holdsEverything,
  encode: async (model, { optimizer }, proof) =>
    succeed(oneFile(await encodeKeras(model, optimizer === 'yes', proof), 'model.keras')),
  reread: rereadNetwork,
  usage: (file) =>
    `sys.path.insert(0, ${JSON.stringify(file)}); from preprocess import predict  # or keras.models.load_model`,
};

function encodeKeras(model: ModelSnapshot, optimizer: boolean, proof: Proof): Promise<Uint8Array> {
  const layers = kerasLayers(model, { slope: 'negative_slope' });
  const { experiment, preprocessing } = model;
  const text = (name: string, content: string): ZipEntry => ({
    name,
    bytes: new TextEncoder().encode(content),
    compress: true,
  });
  const entries: ZipEntry[] = [
    text('metadata.json', JSON.stringify({ keras_version: KERAS_VERSION, generated_by: `Layerlab ${version}` })),
    text('config.json', JSON.stringify(describe(layers, preprocessing.inputShape))),
    { name: 'model.weights.h5', bytes: writeHdf5(weightsOf(layers)), compress: false },
    text('proof.json', proofText(proof, preprocessing)),
    text(PREPROCESS, preprocessModule(model, proof)),
    text(`${CARRY_KEY}.json`, encodeCarry(model, optimizer)),
  ];
  return writeZip(entries, `${experiment.name}.keras`, 'model');
}

function describe(layers: readonly KerasLayer[], inputShape: Shape): unknown {
  const shape = [null, ...channelsLast(inputShape)];
  const input = { className: 'InputLayer', config: { batch_shape: shape, dtype: 'float32', name: 'input_layer' } };
  const all = [input, ...layers.map(({ className, name, config }) => ({ className, config: { name, ...config } }))];
  return {
    ...{ module: 'keras', class_name: 'Sequential', registered_name: 'Sequential' },
    config: {
      ...{ name: 'sequential', trainable: true },
      layers: all.map(({ className, config }) => ({
        ...{ module: 'keras.layers', class_name: className, config, registered_name: null },
      })),
    },
    build_config: { input_shape: shape },
    compile_config: null,
  };
}

/** `layers/dense/vars/0` and so on, numbered by class; every layer has its group, as where Keras writes it. */
function weightsOf(layers: readonly KerasLayer[]): Hdf5Group {
  const group = (groups: Iterable<readonly [string, Hdf5Group]>): Hdf5Group => ({
    groups: new Map(groups),
    datasets: new Map(),
  });
  const vars = ({ weights }: KerasLayer): Hdf5Group => ({
    groups: new Map(),
    datasets: new Map(weights.map((weight, n) => [String(n), weight])),
  });
  const inner = layers.map((layer) => [layer.name, group([['vars', vars(layer)]])] as const);
  return group([
    ['layers', group(inner)],
    ['vars', group([])],
  ]);
}
