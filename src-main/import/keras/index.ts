import { ProblemError } from '../../../src-worker/problem';
import { CARRY_KEY } from '../../carry';
import { isHdf5, readHdf5 } from '../../hdf5/read';
import { readZip } from '../../zip';
import type { FileTensor } from '../describe-tensor';
import type { ImportFormat } from '../format';
import { parseJson } from '../parse-json';
import { readingOfArrays, readingOfLayers } from '../readings';
import { damagedModel } from '../unsupported';
import { hasEntry } from '../zip-entries';
import { assembleKeras, describeTopology, isObject, topologyOf, type TopologyLayer } from './topology';

const WEIGHTS = 'model.weights.h5';
const CONFIG = 'config.json';

/** A `.keras` file, or the arrays of an HDF5 file of weights. Code in it (Lambda layers, custom objects) is never run. */
export const keras: ImportFormat = {
  id: 'keras',
  label: 'Keras',
  accepts: ({ bytes }) => isHdf5(bytes) || hasEntry(bytes, (name) => name === WEIGHTS),

  async read([file]) {
    const { name, bytes } = file!;
    if (isHdf5(bytes))
      return readingOfArrays({
        file: name,
        producer: 'Keras',
        tensors: readHdf5(bytes, name),
        layers: [],
        carry: null,
      });
    const parts = await readZip(bytes, name, 'model');
    const part = (path: string): Uint8Array => {
      const found = parts.get(path);
      if (found === undefined) throw new ProblemError(damagedModel(name, `it has no ${path}`));
      return found;
    };
    const tensors = readHdf5(part(WEIGHTS), `${WEIGHTS} in ${name}`);
    const config = parseJson(part(CONFIG), `${CONFIG} in ${name}`);
    const topology = topologyOf(config);
    if (topology === null)
      throw new ProblemError(
        damagedModel(name, 'its layers are neither those of a Sequential nor of a Functional model'),
      );
    const weightsOf = weightsByLayer(topology, tensors);
    const carry = parts.get(`${CARRY_KEY}.json`);
    const known = {
      ...{ file: name, producer: producerOf(parts.get('metadata.json'), name), tensors },
      layers: describeTopology(topology, weightsOf),
      carry: carry === undefined ? null : new TextDecoder().decode(carry),
    };
    const build =
      isObject(config) && isObject(config['build_config']) ? config['build_config']['input_shape'] : undefined;
    return readingOfLayers(known, () => assembleKeras(topology, build, bytes.length, weightsOf));
  },
};

function producerOf(metadata: Uint8Array | undefined, file: string): string {
  const value = metadata === undefined ? null : parseJson(metadata, `metadata.json in ${file}`);
  if (!isObject(value)) return 'Keras';
  const { generated_by: by, keras_version: version } = value;
  return typeof by === 'string' ? by : `Keras ${typeof version === 'string' ? version : ''}`.trim();
}

/** The arrays lie under the layer's class, numbered among its like, and not under its name: `layers/dense_1/vars/0`. */
function weightsByLayer(
  topology: readonly TopologyLayer[],
  tensors: readonly FileTensor[],
): (layer: TopologyLayer) => readonly FileTensor[] {
  const used = new Map<string, number>();
  const paths = new Map(
    topology.map((layer) => {
      const base = snakeCase(layer.operator);
      const before = used.get(base) ?? 0;
      used.set(base, before + 1);
      return [layer, before === 0 ? base : `${base}_${before}`] as const;
    }),
  );
  const byPath = new Map<string, [number, FileTensor][]>();
  for (const tensor of tensors) {
    const found = /^(?:layers|_layer_checkpoint_dependencies)\/([^/]+)\/vars\/(\d+)$/.exec(tensor.name);
    if (found !== null) byPath.set(found[1]!, [...(byPath.get(found[1]!) ?? []), [Number(found[2]), tensor]]);
  }
  return (layer) => {
    const found = byPath.get(paths.get(layer)!) ?? byPath.get(layer.name) ?? [];
    return found.toSorted(([a], [b]) => a - b).map(([, tensor]) => tensor);
  };
}

function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
