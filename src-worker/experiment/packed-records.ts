import type { EpochRecord, MetricKind, Metrics } from '../api';

/**
 * The points of a curve as plain numbers, which cross to another process and lie on disk at a small part of the cost of as many objects.
 * Every number survives to the bit, NaN, ±∞ and −0 too.
 */
export interface PackedRecords {
  readonly count: number;
  /** `[count, PACKED_COLUMNS]` */
  readonly values: Float64Array;
  /** Of the same length: 0 a number, 1 null, 2 left out. */
  readonly holes: Uint8Array;
}

// A kind of metric that is missing here does not compile.
const ORDER = {
  accuracy: 0,
  'top-k': 1,
  precision: 2,
  recall: 3,
  f1: 4,
  auc: 5,
  rmse: 6,
  mae: 7,
  r2: 8,
} satisfies Record<MetricKind, number>;
const KINDS = Object.keys(ORDER) as MetricKind[];

/** Loss and metrics of one part. */
const METRICS = 1 + KINDS.length;
const TRAIN = 4;
const DEV = TRAIN + METRICS;
/** Epoch, step, learning rate, gradient norm, train, dev. */
export const PACKED_COLUMNS = DEV + METRICS;

const PRESENT = 0;
const NULL = 1;
const ABSENT = 2;

/** Packs points that are only ever added to: those that were packed before are not looked at again. */
export class RecordsPacker {
  #values = new Float64Array(0);
  #holes = new Uint8Array(0);
  #count = 0;
  #last: EpochRecord | null = null;

  /** @returns arrays that belong to the receiver */
  pack(records: readonly EpochRecord[]): PackedRecords {
    const goesOn = this.#count <= records.length && (records[this.#count - 1] ?? null) === this.#last;
    if (!goesOn) this.#count = 0;
    this.#reserve(records.length);
    for (let i = this.#count; i < records.length; i++) {
      packOne(records[i]!, this.#values, this.#holes, i * PACKED_COLUMNS);
    }
    this.#count = records.length;
    this.#last = records.at(-1) ?? null;
    const length = this.#count * PACKED_COLUMNS;
    return { count: this.#count, values: this.#values.slice(0, length), holes: this.#holes.slice(0, length) };
  }

  #reserve(count: number): void {
    if (count * PACKED_COLUMNS <= this.#values.length) return;
    const length = Math.ceil(1.5 * count) * PACKED_COLUMNS;
    const [values, holes] = [new Float64Array(length), new Uint8Array(length)];
    values.set(this.#values);
    holes.set(this.#holes);
    this.#values = values;
    this.#holes = holes;
  }
}

export function packRecords(records: readonly EpochRecord[]): PackedRecords {
  return new RecordsPacker().pack(records);
}

/** The points as they were packed. */
export function unpackRecords({ count, values, holes }: PackedRecords): readonly EpochRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const at = i * PACKED_COLUMNS;
    const [rate, norm] = [holes[at + 2] === ABSENT, holes[at + 3] === ABSENT];
    return {
      epoch: values[at]!,
      step: values[at + 1]!,
      train: unpackMetrics(values, holes, at + TRAIN),
      dev: holes[at + DEV] === NULL ? null : unpackMetrics(values, holes, at + DEV),
      ...(!rate && { learningRate: values[at + 2]! }),
      ...(!norm && { gradientNorm: values[at + 3]! }),
    };
  });
}

function packOne(record: EpochRecord, values: Float64Array, holes: Uint8Array, at: number): void {
  const put = (place: number, value: number | null | undefined): void => {
    values[at + place] = value ?? 0;
    holes[at + place] = value === undefined ? ABSENT : value === null ? NULL : PRESENT;
  };
  const putMetrics = (place: number, metrics: Metrics | null): void => {
    put(place, metrics === null ? null : metrics.loss);
    KINDS.forEach((kind, k) => put(place + 1 + k, metrics === null ? null : metrics[kind]));
  };
  put(0, record.epoch);
  put(1, record.step);
  put(2, record.learningRate);
  put(3, record.gradientNorm);
  putMetrics(TRAIN, record.train);
  putMetrics(DEV, record.dev);
}

function unpackMetrics(values: Float64Array, holes: Uint8Array, at: number): Metrics {
  const figures = KINDS.map((kind, k) => [kind, holes[at + 1 + k] === PRESENT ? values[at + 1 + k]! : null] as const);
  return { loss: values[at]!, ...(Object.fromEntries(figures) as Record<MetricKind, number | null>) };
}
