import type { BackwardLook, ForwardLook, Spread } from '../../../src-worker/api';
import type { HistogramColumn } from '../../charts/histogram-image';
import { formatNumber, formatPercent } from '../../charts/format';
import type { Quantity } from '../../state/weights-view.svelte';
import { symbolOf } from '../looks/words';

/** What one row of histograms shows: an array, or the outputs of a layer, from the first look to the last. */
export interface HistogramSeries {
  readonly key: string;
  /** `W[1]`, `a[2]`. */
  readonly symbol: string;
  readonly columns: readonly HistogramColumn[];
}

/** Every row of a quantity, in layer order. */
export function seriesOf(
  quantity: Quantity,
  forward: readonly ForwardLook[],
  backward: readonly BackwardLook[],
): HistogramSeries[] {
  switch (quantity) {
    case 'weights':
      return collect(forward, (look) =>
        look.parameters.map(({ name, values }) => [name, symbolOf(name), values] as const),
      );
    case 'activations':
      return collect(forward, (look) =>
        look.layers.map(({ number, activations }) => [`a${number}`, `a[${number}]`, activations] as const),
      );
    case 'gradients':
      return collect(backward, (look) =>
        look.parameters.map(({ name, gradient }) => [name, `d${symbolOf(name)}`, gradient] as const),
      );
    case 'updates':
      return collect(backward, (look) =>
        look.parameters.map(({ name, update }) => [name, `Δ${symbolOf(name)}`, update] as const),
      );
  }
}

function collect<T extends { readonly epoch: number }>(
  looks: readonly T[],
  read: (look: T) => readonly (readonly [key: string, symbol: string, spread: Spread | null])[],
): HistogramSeries[] {
  const last = looks.at(-1);
  if (last === undefined) return [];
  return read(last).map(([key, symbol], row) => ({
    ...{ key, symbol },
    columns: looks.flatMap((look) => {
      const spread = read(look)[row]?.[2] ?? null;
      return spread === null ? [] : [{ x: look.epoch, spread }];
    }),
  }));
}

/** The last column that has begun at an epoch; the first one before all. */
export function columnAt(columns: readonly HistogramColumn[], epoch: number): HistogramColumn | undefined {
  return columns.findLast(({ x }) => x <= epoch) ?? columns[0];
}

/** `mean 0.012, deviation 0.13, from −0.41 to 0.52`. */
export function describeSpread({ mean, deviation, min, max, zeros, count, notFinite }: Spread): string {
  if (count === 0) return 'no finite number';
  const nothing = zeros > 0 ? `, ${formatPercent(zeros / count)} exactly 0` : '';
  const broken = notFinite > 0 ? `, ${notFinite.toLocaleString('en-US')} not finite` : '';
  return `mean ${formatNumber(mean)}, deviation ${formatNumber(deviation)}, from ${formatNumber(min)} to ${formatNumber(max)}${nothing}${broken}`;
}
