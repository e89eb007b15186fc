import type { PreparedData } from '../../data/prepared';
import type { CompiledNetwork } from '../../engine';
import { predictedClass } from '../../metrics/predicted-class';
import { ProblemError } from '../../problem';
import { sizeOf } from '../../tensor';
import type { Boundary, BoundaryRequest } from './boundary-types';
import type { FoundPlane } from './find-plane';
import { gridInputs } from './grid-inputs';

/** A picture finer than this shows no more and holds up training. */
const MOST_POINTS = 1_000_000;
/** Units of one picture, and numbers of all of it. */
const MOST_UNITS = 256;
const MOST_VALUES = 8_000_000;
/** Inputs that are worked out at a time, and points at which all units of a layer are. */
const PIECE = 1_000_000;
const PIECE_OF_UNITS = 512;

/**
 * The picture that a request asks for, at the present weights.
 * @throws ProblemError where the grid is none, or the network has no such units
 */
export function drawBoundary(
  network: CompiledNetwork,
  { preprocessing }: Pick<PreparedData, 'preprocessing'>,
  found: FoundPlane,
  request: BoundaryRequest,
): Boundary {
  const start = performance.now();
  const { x, y, units, judge = false } = request;
  const columns = x.steps;
  const rows = found.plane.yAxis === null ? 1 : y.steps;
  checkGrid(request, columns, rows);
  const { task, target, inputShape } = preprocessing;
  const inputs = sizeOf(inputShape);
  const inputsAt = gridInputs(found, inputShape, request, columns, rows);
  const points = rows * columns;
  // A layer may put out far more numbers than it gets.
  const most = Math.min(units === undefined ? Infinity : PIECE_OF_UNITS, Math.max(1, Math.floor(PIECE / inputs)));
  let values: Float32Array | null = null;
  let outputs = units?.count ?? 0;
  for (let from = 0; from < points; from += most) {
    const count = Math.min(most, points - from);
    const piece = inputsAt(from, count);
    if (units === undefined) {
      const yHat = network.predict(piece, count);
      outputs = yHat.length / count;
      values ??= new Float32Array(points * outputs);
      values.set(yHat, from * outputs);
    } else {
      values ??= allocate(points * outputs);
      readUnits(network, piece, count, units, values.subarray(from * outputs));
    }
  }
  values ??= new Float32Array();
  if (task === 'regression' && units === undefined) {
    values.forEach((value, i) => (values[i] = value * target.deviation + target.mean));
  }
  const wrong = judge && task !== 'regression' ? judgePoints(network, found) : null;
  return { columns, rows, outputs, values, wrong, ms: performance.now() - start };
}

function readUnits(
  network: CompiledNetwork,
  x: Float32Array,
  count: number,
  { layer, from, count: units }: NonNullable<BoundaryRequest['units']>,
  values: Float32Array,
): void {
  const [a] = network.activations(x, count, [`a${layer}`]);
  const outputs = a === undefined ? 0 : a.values.length / count;
  if (a === undefined || from + units > outputs) throw new ProblemError(noUnits(layer, from, units));
  for (let row = 0; row < count; row++) {
    for (let unit = 0; unit < units; unit++) values[row * units + unit] = a.values[row * outputs + from + unit]!;
  }
}

/** 1 for each of the plane's points to which the network says another class than it has. */
function judgePoints(network: CompiledNetwork, { plane, x }: FoundPlane): Uint8Array {
  const { target } = plane.points;
  const yHat = network.predict(x, target.length);
  const outputs = yHat.length / Math.max(1, target.length);
  return Uint8Array.from(target, (right, n) => Number(predictedClass(yHat, n, outputs) !== right));
}

function allocate(length: number): Float32Array {
  if (length <= MOST_VALUES) return new Float32Array(length);
  throw new ProblemError({
    code: 'boundary/request',
    message: `A picture of ${length.toLocaleString('en')} numbers is too large.`,
    hint: 'Ask for fewer units or fewer points.',
  });
}

function checkGrid({ x, y, units }: BoundaryRequest, columns: number, rows: number): void {
  const whole = (count: number, least: number): boolean => Number.isSafeInteger(count) && count >= least;
  const bounds = [x.min, x.max, y.min, y.max].every((bound) => Number.isFinite(bound));
  if (!whole(columns, 1) || !whole(rows, 1) || !bounds || columns * rows > MOST_POINTS) {
    throw new ProblemError({
      code: 'boundary/request',
      message: `A boundary of ${columns} × ${rows} points from (${x.min}, ${y.min}) to (${x.max}, ${y.max}) cannot be drawn.`,
      hint: `Ask for finite bounds and 1 to ${MOST_POINTS} points.`,
    });
  }
  if (units === undefined) return;
  const { layer, from, count } = units;
  if (!whole(from, 0) || !whole(count, 1) || count > MOST_UNITS) throw new ProblemError(noUnits(layer, from, count));
}

function noUnits(layer: number, from: number, count: number) {
  return {
    code: 'boundary/units',
    message: `Layer ${layer} has no units ${from + 1} to ${from + count} to draw.`,
    hint: `Choose a layer that is switched on, and at most ${MOST_UNITS} of its units.`,
  };
}
