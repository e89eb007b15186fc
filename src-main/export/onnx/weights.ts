import type { Problem } from '../../../src-worker/problem';
import { sizeOf, type NamedTensor } from '../../../src-worker/tensor';
import { narrowToFloat16 } from '../../half';
import type { GraphBuilder } from './graph';
import { ELEMENT } from './proto';

/** How the weights W of dense and convolutional layers are stored. */
type StoredType = 'float32' | 'float16' | 'int8';

/** With the one whose layers compute in bytes themselves, see dynamic.ts. */
export type WeightType = StoredType | 'int8-dynamic';

/** Puts W into the graph; returns the name of the float32 values. Its first axis is the units' or filters'. */
type Store = (graph: GraphBuilder, name: string, W: NamedTensor) => string;

const LARGEST_INT8 = 127;

export const weightTypes = {
  float32: (graph, name, { shape, values }) =>
    graph.constant(name, shape, values instanceof Float32Array ? values : Float32Array.from(values)),

  float16: (graph, name, { shape, values }) => {
    const halves = narrowToFloat16(values);
    const stored = graph.stored(`${name}/float16`, shape, 'float16', new Uint8Array(halves.buffer));
    return graph.add('Cast', name, [stored], { to: ELEMENT.float });
  },

  int8: (graph, name, W) => {
    const { quantised, scales } = quantise(W);
    const stored = graph.stored(`${name}/int8`, W.shape, 'int8', new Uint8Array(quantised.buffer));
    const scale = graph.constant(`${name}/scale`, [scales.length], scales);
    return graph.add('DequantizeLinear', name, [stored, scale], { axis: 0 });
  },
} satisfies Readonly<Record<StoredType, Store>>;

/** The first of these becomes infinite: 65,504 is the largest float16, and half a step of 32 beyond it is rounded up. */
const BEYOND_FLOAT16 = 65_520;

/** Weights W that are finite and would not be in float16; biases and the like stay as they are. */
export function beyondFloat16(parameters: readonly NamedTensor[]): readonly Problem[] {
  return parameters.flatMap(({ name, values }) => {
    const beyond = values.find((w) => Math.abs(w) >= BEYOND_FLOAT16 && Number.isFinite(w));
    if (beyond === undefined || !name.startsWith('W')) return [];
    return {
      code: 'export/float16-range',
      message: `The array ${name} holds ${Number(beyond.toPrecision(3))}, and the largest number of float16 is 65504: it would become infinite.`,
      hint: 'Choose weights of float32 or int8.',
    };
  });
}

/** W ≈ q · s with whole q from −127 to 127 and one scale s = max |W| / 127 for each unit or filter, the first axis. */
export function quantise({ shape, values }: NamedTensor): {
  readonly quantised: Int8Array<ArrayBuffer>;
  readonly scales: Float32Array;
} {
  const units = shape[0] ?? 1;
  const fan = sizeOf(shape) / units;
  const scales = new Float32Array(units);
  const quantised = new Int8Array(values.length);
  for (let unit = 0; unit < units; unit++) {
    const row = values.subarray(unit * fan, (unit + 1) * fan);
    let largest = 0;
    for (const value of row) largest = Math.max(largest, Math.abs(value));
    const scale = Math.fround(largest / LARGEST_INT8) || 1;
    scales[unit] = scale;
    row.forEach((value, i) => {
      const q = Math.round(value / scale);
      quantised[unit * fan + i] = Math.max(-LARGEST_INT8, Math.min(LARGEST_INT8, q));
    });
  }
  return { quantised, scales };
}
