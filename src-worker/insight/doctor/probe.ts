import { readRows } from '../../bound-examples';
import type { PreparedData } from '../../data/prepared';
import { createRandom } from '../../random';
import { sizeOf } from '../../tensor';
import { leakOf } from './leak-strength';
import type { DataEvidence } from './doctor-types';
import { neighboursOf } from './neighbours';

/** Some rows of the training part, the same at every look. */
export interface Probe {
  /** `[rows, inputs]` and `[rows, outputs]`, as the network sees them and unvaried. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly rows: number;
  readonly evidence: DataEvidence;
}

const MOST_ROWS = 512;
const MOST_NUMBERS = 400_000;
/** The neighbours compare all pairs of rows: this many numbers take some ten milliseconds. */
const COMPARED_ROWS = 400;
const COMPARED_NUMBERS = 60_000;

/** One preparation of the data is read once for each number of outputs: it may be large. */
const known = new WeakMap<PreparedData, Map<number, Probe>>();

export function probeOf(prepared: PreparedData, outputs: number): Probe {
  const probes = known.get(prepared) ?? new Map<number, Probe>();
  known.set(prepared, probes);
  const probe = probes.get(outputs) ?? makeProbe(prepared, outputs);
  probes.set(outputs, probe);
  return probe;
}

function makeProbe(prepared: PreparedData, outputs: number): Probe {
  const { inputShape, task, target, features } = prepared.preprocessing;
  const examples = prepared.bindable('train', outputs, 'float64');
  // A run is only built on data with a training part.
  if (examples === null) throw new Error('a run without a training part');
  const columns = sizeOf(inputShape);
  const rows = Math.min(examples.count, MOST_ROWS, Math.max(64, Math.floor(MOST_NUMBERS / columns)));
  const indices = createRandom(1, 'doctor', 'probe').permutation(examples.count).slice(0, rows);
  const x = new Float64Array(rows * columns);
  const y = new Float64Array(rows * outputs);
  readRows(examples, inputShape, outputs).read(indices, x, y, null);
  const compared = Math.min(rows, COMPARED_ROWS, Math.max(64, Math.floor(COMPARED_NUMBERS / columns)));
  const numbers = task === 'regression';
  const answers = Array.from({ length: rows }, (_, row) =>
    numbers ? y[row]! * target.deviation : classOf(y, row, outputs),
  );
  const table = { x, columns, answers, classes: numbers ? 0 : target.classes.length };
  const evidence = {
    neighbours: neighboursOf({ ...table, rows: compared }),
    leak: leakOf({ ...table, rows }, features),
  };
  return { x, y, rows, evidence };
}

/** Of a row of targets or of outputs: the class with the largest number, or, of a single one, on which side of a half it is. */
export function classOf(values: ArrayLike<number>, row: number, outputs: number): number {
  if (outputs === 1) return values[row]! >= 0.5 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < outputs; k++) if (values[row * outputs + k]! > values[row * outputs + best]!) best = k;
  return best;
}
