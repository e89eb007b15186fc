import type { NetworkSpec } from '../../experiment/document';
import type { ResolvedLayer } from '../../shape';
import type { FloatArray, NamedTensor } from '../../tensor';
import { hasUnits } from './changes';
import type { LayerEvidence } from './doctor-types';

/** Where a sigmoid or tanh counts as saturated: within a hundredth of the length of its range. */
const ENDS = { sigmoid: [0.01, 0.99], tanh: [-0.98, 0.98] } as const;
/** Weights of units that are the same but for rounding. */
const SAME = 1e-5;

/**
 * What the layers do to the rows of a trace.
 * @param tensors of the trace, by name
 * @param initial parameters that the seed gives, by name
 */
export function layerEvidence(
  resolved: readonly ResolvedLayer[],
  { layers }: NetworkSpec,
  tensors: ReadonlyMap<string, NamedTensor>,
  initial: ReadonlyMap<string, NamedTensor>,
): LayerEvidence[] {
  const withUnits = resolved.filter(({ place }) => hasUnits(place.layer));
  return withUnits.map(({ number, outputShape, activation }, place) => {
    const W = tensors.get(`W${number}`);
    const a = tensors.get(`a${number}`)?.values ?? new Float64Array();
    const first = initial.get(`W${number}`);
    const [units = 1] = outputShape;
    const hidden = place < withUnits.length - 1;
    const delta = tensors.get(`delta${number}`)?.values;
    return {
      number,
      spec: layers[number - 1]!,
      hidden,
      units,
      silent: activation === 'relu' ? silentUnits(a, units, outputShape) : 0,
      saturated: activation === 'sigmoid' || activation === 'tanh' ? shareOutside(a, ENDS[activation]) : 0,
      alike: W !== undefined && units > 1 && rowsAlike(W.values, units),
      delta: delta === undefined ? null : rms(delta),
      initialGain: first === undefined ? 1 : rms(first.values) * Math.sqrt(first.values.length / units),
    };
  });
}

/** Units, or channels, with nothing above 0. Both lie in blocks of equal size within a row. */
function silentUnits(a: FloatArray, units: number, shape: readonly number[]): number {
  const size = shape.reduce((product, n) => product * n, 1);
  const block = size / units;
  const speaks = new Uint8Array(units);
  a.forEach((value, k) => {
    if (value > 0) speaks[Math.floor((k % size) / block)] = 1;
  });
  return units - speaks.reduce((sum, each) => sum + each, 0);
}

function shareOutside(values: FloatArray, [low, high]: readonly [number, number]): number {
  let outside = 0;
  for (const value of values) if (value < low || value > high) outside++;
  return outside / Math.max(1, values.length);
}

/** Rows of W are units. */
function rowsAlike(W: FloatArray, units: number): boolean {
  const length = W.length / units;
  const limit = SAME * Math.max(rms(W), Number.MIN_VALUE);
  return W.every((value, k) => Math.abs(value - W[k % length]!) <= limit);
}

function rms(values: FloatArray): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / Math.max(1, values.length));
}
