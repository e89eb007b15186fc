import type { LayerKind, Shape, WeightArray } from '../../../src-worker/api';
import { writeNumber } from '../../../src-worker/experiment/write-number';

/** How the arrays of a layer are called, by their names in the engine. */
const SYMBOLS: Readonly<Record<string, string>> = {
  gamma: 'γ',
  beta: 'β',
  mean: 'running mean μ',
  variance: 'running variance σ²',
};

/** `W[1]`, `running mean μ[2]`. */
export function arraySymbol({ symbol, layer }: Pick<WeightArray, 'symbol' | 'layer'>): string {
  return `${SYMBOLS[symbol] ?? symbol}[${layer}]`;
}

/** The same of a name alone: `W1`. */
export function symbolOf(name: string): string {
  const [, symbol = name, layer = ''] = /^(\D+)(\d+)$/.exec(name) ?? [];
  return arraySymbol({ symbol, layer: Number(layer) });
}

/** `8 × 1 × 5 × 5`. */
export function shapeWords(shape: Shape): string {
  return shape.map((size) => size.toLocaleString('en-US')).join(' × ');
}

/** What the first dimension of an array of this layer counts. */
export function unitWord(kind: LayerKind): 'unit' | 'filter' | 'channel' {
  if (kind === 'dense') return 'unit';
  return kind === 'conv2d' ? 'filter' : 'channel';
}

/** The shortest decimal that is this very float32, with a true minus sign. */
export function exactly(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '−∞';
  let text = '';
  for (let figures = 1; figures <= 9; figures++) {
    text = writeNumber(Number(value.toPrecision(figures)));
    if (Math.fround(Number(text)) === value) break;
  }
  return text.startsWith('-') ? `−${text.slice(1)}` : text;
}

/** `1, 2, 5 to 9 and 12`: places that are counted from 0, as a person counts them; the first of many. */
export function listPlaces(places: ArrayLike<number>, most = 12): string {
  const runs: [from: number, to: number][] = [];
  for (let k = 0; k < places.length; k++) {
    const place = places[k]! + 1;
    const last = runs.at(-1);
    if (last !== undefined && last[1] === place - 1) last[1] = place;
    else runs.push([place, place]);
  }
  const words = runs.slice(0, most).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return words.join(', ') + (runs.length > most ? ', …' : '');
}
