import { isEnabled } from '../../experiment/enabled';
import type { Experiment } from '../../experiment/document';
import type { NamedTensor } from '../../tensor';
import type { Evidence } from './doctor-types';

/** More numbers than this are not read. */
const MOST_NUMBERS = 12;

/**
 * The one map that dense layers without a bend are, before the output's activation: W = W[L] ⋯ W[1],
 * b = W[L](⋯ b[1]) + ⋯ + b[L]. Null where other layers lie between, or there are too many numbers to read.
 */
export function linearMap(
  { network }: Experiment,
  parameters: ReadonlyMap<string, NamedTensor>,
  inputs: number,
  outputs: number,
): Evidence['map'] {
  if (inputs * outputs > MOST_NUMBERS) return null;
  const layers = network.layers
    .map((layer, index) => ({ layer, number: index + 1 }))
    .filter(({ layer }) => isEnabled(layer));
  if (layers.some(({ layer }) => layer.kind !== 'dense')) return null;
  const through = (x: readonly number[], biased: boolean): readonly number[] =>
    layers.reduce<readonly number[]>((a, { number }) => {
      const W = parameters.get(`W${number}`)!.values;
      const b = parameters.get(`b${number}`)?.values;
      return Array.from({ length: W.length / a.length }, (_, j) =>
        a.reduce((sum, value, i) => sum + W[j * a.length + i]! * value, biased ? (b?.[j] ?? 0) : 0),
      );
    }, x);
  const columns = Array.from({ length: inputs }, (_, i) =>
    through(
      Array.from({ length: inputs }, (_value, k) => (k === i ? 1 : 0)),
      false,
    ),
  );
  const W = Array.from({ length: outputs }, (_, j) => columns.map((column) => column[j]!));
  return { W, b: through(new Array<number>(inputs).fill(0), true) };
}
