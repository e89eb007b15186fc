import type { BackwardLook, ParameterLook } from '../../../src-worker/api';

/** One array's place in the flow of gradients. */
export interface FlowRow {
  readonly name: string;
  /** ‖W‖, ‖dW‖ and ‖ΔW‖. */
  readonly norm: number;
  readonly gradient: number;
  readonly update: number | null;
  /** ‖ΔW‖ / ‖W‖: about 1e−3 is usual; null where one of the two is missing or 0. */
  readonly ratio: number | null;
  /** Length of the bar of ‖dW‖ among those of all arrays, 0 to 1, by powers of ten. */
  readonly bar: number;
}

export function flowOf({ parameters }: BackwardLook): FlowRow[] {
  const norms = parameters.map(({ gradient }) => gradient.norm);
  const powers = norms.filter((norm) => norm > 0).map(Math.log10);
  const most = Math.max(...powers);
  // A gradient of a thousandth of the largest still has a bar that is seen.
  const least = Math.min(most - 3, ...powers);
  return parameters.map((look) => ({
    name: look.name,
    norm: look.norm,
    gradient: look.gradient.norm,
    update: look.update?.norm ?? null,
    ratio: ratioOf(look),
    bar: look.gradient.norm > 0 ? 0.04 + (0.96 * (Math.log10(look.gradient.norm) - least)) / (most - least) : 0,
  }));
}

export function ratioOf({ norm, update }: ParameterLook): number | null {
  return update === null || norm === 0 ? null : update.norm / norm;
}

/** The weights' arrays, without biases: what the lines over time are drawn of. */
export function weightArrays({ parameters }: BackwardLook): readonly string[] {
  const weights = parameters.filter(({ name }) => /^W\d/.test(name)).map(({ name }) => name);
  return weights.length > 0 ? weights : parameters.map(({ name }) => name);
}

/** A line of a quantity on a logarithmic scale, as an SVG path in a box of 1 × 1; numbers that are not positive leave a gap. */
export function logPath(
  points: readonly { readonly x: number; readonly y: number | null }[],
  x: { readonly min: number; readonly max: number },
  y: { readonly min: number; readonly max: number },
): string {
  let pen = 'M';
  let path = '';
  for (const point of points) {
    if (point.y === null || !(point.y > 0)) {
      pen = 'M';
      continue;
    }
    const across = x.max > x.min ? (point.x - x.min) / (x.max - x.min) : 0;
    const down = (Math.log10(y.max) - Math.log10(point.y)) / (Math.log10(y.max) - Math.log10(y.min));
    path += `${pen}${across.toFixed(4)} ${down.toFixed(4)}`;
    pen = 'L';
  }
  return path;
}

export type FlowMeasure = 'gradient' | 'ratio';

export interface FlowLine {
  readonly name: string;
  readonly path: string;
  readonly first: number | null;
  readonly last: number | null;
}

/** Lines of the weights' arrays over epochs; null where there is nothing to draw on a logarithmic scale. */
export function flowLines(looks: readonly BackwardLook[], measure: FlowMeasure) {
  const latest = looks.at(-1);
  if (latest === undefined || looks.length < 2) return null;
  const series = weightArrays(latest).map((name) => ({
    name,
    points: looks.map((look) => {
      const found = look.parameters.find((each) => each.name === name);
      const y = found === undefined ? null : measure === 'gradient' ? found.gradient.norm : ratioOf(found);
      return { x: look.epoch, y };
    }),
  }));
  const drawn = series.flatMap(({ points }) => points.flatMap(({ y }) => (y !== null && y > 0 ? [y] : [])));
  if (drawn.length === 0) return null;
  const x = { min: looks[0]!.epoch, max: latest.epoch };
  const [least, most] = [Math.min(...drawn), Math.max(...drawn)];
  // Numbers that hardly change must not fill the chart with their noise.
  const y = most / least < 10 ? { min: least / 3, max: most * 3 } : { min: least, max: most };
  const lines = series.map(({ name, points }): FlowLine => ({
    name,
    path: logPath(points, x, y),
    first: points[0]?.y ?? null,
    last: points.at(-1)?.y ?? null,
  }));
  return { x, y, lines };
}
