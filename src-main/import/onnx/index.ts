import { ProblemError } from '../../../src-worker/problem';
import { CARRY_KEY } from '../../carry';
import type { FileTensor } from '../describe-tensor';
import type { ImportFormat } from '../format';
import { readingOfLayers } from '../readings';
import { ENDS } from './ends';
import { readOnnx, type OnnxModel } from './model';
import { decodeTensor } from './tensors';
import { walkGraph } from './walk';

export const onnx: ImportFormat = {
  id: 'onnx',
  label: 'ONNX',
  // A model begins with its IR version, field 1 as a varint; nothing else that is dropped begins so and has that name.
  accepts: ({ name, bytes }) => bytes[0] === 0x08 && (/\.onnx$/i.test(name) || looksLikeModel(bytes, name)),

  read: ([file]) => {
    const { name, bytes } = file!;
    const model = readOnnx(bytes, name);
    const tensors = model.initializers.map((tensor): FileTensor => decodeTensor(tensor, name));
    const layers = model.nodes.map(({ operator, name: called, outputs }) => ({
      ...{ name: called || (outputs[0] ?? ''), operator, outputShape: null, parameters: 0 },
    }));
    const known = {
      file: name,
      producer: model.producer,
      tensors,
      layers,
      carry: model.metadata.get(CARRY_KEY) ?? null,
    };
    const [input, output] = [model.metadata.get(ENDS.input), model.metadata.get(ENDS.output)];
    return Promise.resolve(
      readingOfLayers(known, (carried) => {
        const ends =
          carried === null || input === undefined || output === undefined
            ? null
            : { input, output, inputShape: carried.preprocessing.inputShape };
        return walkGraph(model, tensors, name, bytes.length, ends);
      }),
    );
  },
};

function looksLikeModel(bytes: Uint8Array, name: string): boolean {
  try {
    return isModel(readOnnx(bytes, name));
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

function isModel({ nodes, opsets }: OnnxModel): boolean {
  return nodes.length > 0 && opsets.size > 0;
}
