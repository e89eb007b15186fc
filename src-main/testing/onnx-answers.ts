import * as ort from 'onnxruntime-web';
import type { FeatureTransform, RawRow } from '../../src-worker/api';
import { daysOfText } from '../../src-worker/data/date-reading';
import { sizeOf } from '../../src-worker/tensor';
import type { Case, Run } from './run-exports';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

type Of<T extends FeatureTransform['type']> = Extract<FeatureTransform, { type: T }>;

const asNumber = (cell: RawRow[string]): number => (cell === null || cell === '' ? NaN : Number(cell));
const asText = (cells: readonly RawRow[string][]): ort.Tensor =>
  new ort.Tensor(
    'string',
    cells.map((cell) => String(cell ?? '')),
    [cells.length, 1],
  );

/** A column as the file says it wants it: text as it is, numbers and days as numbers, NaN for a hole. */
const columns: {
  readonly [T in FeatureTransform['type']]: (cells: readonly RawRow[string][], of: Of<T>) => ort.Tensor;
} = {
  number: (cells) => new ort.Tensor('float32', Float32Array.from(cells, asNumber), [cells.length, 1]),
  category: asText,
  boolean: asText,
  date: (cells, { dates }) => {
    const days = cells.map((cell) => (cell === null ? NaN : daysOfText(String(cell), NaN, dates)));
    return new ort.Tensor('float64', Float64Array.from(days), [cells.length, 1]);
  },
};

/** What onnxruntime answers the raw rows with; outputs of a regression as the network gives them, before the units of the target. */
export async function onnxAnswers(bytes: Uint8Array, { model, proof }: Case): Promise<Run> {
  const { features, pixels, inputShape, task, target } = model.preprocessing;
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  const { rows, count } = proof;
  const feeds: Record<string, ort.Tensor> = {};
  if (pixels !== null) {
    feeds['image'] = new ort.Tensor('float32', Float32Array.from(proof.pixels!), [count, ...inputShape]);
  } else if (features.every(({ type }) => type === 'number')) {
    const all = rows.flatMap((row) => features.map(({ column }) => asNumber(row[column] ?? null)));
    feeds[session.inputNames[0]!] = new ort.Tensor('float32', Float32Array.from(all), [count, features.length]);
  } else {
    features.forEach((feature, i) => {
      const make = columns[feature.type] as (cells: readonly RawRow[string][], of: FeatureTransform) => ort.Tensor;
      feeds[session.inputNames[i]!] = make(
        rows.map((row) => row[feature.column] ?? null),
        feature,
      );
    });
  }
  const found = await session.run(feeds);
  await session.release();
  const raw = Array.from((found['probabilities'] ?? found['scores'] ?? found['value'])!.data as Float32Array);
  const outputs = task === 'regression' ? raw.map((value) => (value - target.mean) / target.deviation) : raw;
  const width = sizeOf([outputs.length]) / count;
  return {
    outputs: Array.from({ length: count }, (_, n) => outputs.slice(n * width, (n + 1) * width)),
    answers: task === 'regression' ? [] : (found['label']!.data as string[]),
  };
}
