import type { ModelSnapshot } from '../../src-worker/api';
import { createRandom } from '../../src-worker/random';
import { encodeSafetensors } from '../safetensors';
import { writeZip } from '../zip';
import type { ImportFormatId } from '../import/read-model';
import { exportedFiles } from './exports';
import { makeModel } from './models';

/** A sound file of every format that models come from, small enough that damage hits something. */
export async function soundModels(): Promise<
  Readonly<Record<ImportFormatId, { readonly name: string; readonly bytes: Uint8Array }>>
> {
  const images = { shape: [2, 6, 5], offset: [0, 0], scale: [1, 1] };
  const front = [{ kind: 'conv2d', filters: 2, kernel: 2 }, { kind: 'batch-norm' }, { kind: 'max-pool2d' }];
  const model: ModelSnapshot = makeModel({ images, front });
  const only = async (format: 'onnx' | 'keras' | 'json') => (await exportedFiles(format, model))[0]!.bytes;
  const tfjs = await exportedFiles('tfjs', model);
  const npz = await exportedFiles('npz', model);
  return {
    onnx: { name: 'a.onnx', bytes: await only('onnx') },
    keras: { name: 'a.keras', bytes: await only('keras') },
    json: { name: 'a.json', bytes: await only('json') },
    tfjs: {
      name: 'a.zip',
      bytes: await writeZip(
        tfjs.map((file) => ({ ...file, compress: false })),
        'a.zip',
      ),
    },
    safetensors: { name: 'a.safetensors', bytes: encodeSafetensors(model.state.parameters, { format: 'pt' }) },
    npz: { name: 'a.npz', bytes: npz[0]!.bytes },
  };
}

/** Lengths and counts that overflow something. */
const EXTREMES = [0, 1, 0x7f, 0xff, 0x7fff_ffff, 0xffff_ffff];

/** Bits flipped, bytes replaced, counts made extreme, parts cut out, doubled or cut off: one of these or several, the same for a seed. */
export function damage(bytes: Uint8Array, seed: number): Uint8Array {
  const random = createRandom(seed, 'damage');
  let result = Uint8Array.from(bytes);
  for (let n = random.integer(3); n >= 0; n--) {
    const at = random.integer(Math.max(1, result.length - 8));
    const kind = random.integer(6);
    if (kind === 0) result[at]! ^= 1 << random.integer(8);
    else if (kind === 1) result[at] = random.integer(256);
    else if (kind === 2) new DataView(result.buffer).setUint32(at, EXTREMES[random.integer(EXTREMES.length)]!, true);
    else if (kind === 3) result = result.slice(0, at);
    else if (kind === 4)
      result = Uint8Array.from([...result.subarray(0, at), ...result.subarray(at + 1 + random.integer(16))]);
    else result = Uint8Array.from([...result.subarray(0, at), ...result.subarray(Math.max(0, at - 16))]);
    if (result.length < 9) break;
  }
  return result;
}
