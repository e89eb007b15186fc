import type { FeatureTransform } from '../../api';
import { kindOf, widthOf } from '../../data/features';
import type { PreparedData } from '../../data/prepared';
import { sizeOf } from '../../tensor';
import { drawExamples } from './draw-examples';
import type { InputField } from './input-types';

/** Numbers of the training part that ranges and medians are taken from. */
const MOST_NUMBERS = 2_000_000;
/** Reading a value back out of the scaled input costs the last digits. */
const DIGITS = 12;

const known = new WeakMap<object, readonly InputField[]>();

/** The features in the order of the network's inputs, described by the training part; none for images. */
export function inputFields(prepared: Pick<PreparedData, 'bindable' | 'preprocessing'>): readonly InputField[] {
  const { features, inputShape } = prepared.preprocessing;
  if (features.length === 0) return [];
  const fields = known.get(prepared.preprocessing);
  if (fields !== undefined) return fields;
  const inputs = sizeOf(inputShape);
  const { x, count } = drawExamples(prepared, ['train'], MOST_NUMBERS / inputs);
  let at = 0;
  const described = features.map((feature) => {
    const read = kindOf(feature.type).read(feature);
    const values: number[] = [];
    for (let n = 0; n < count; n++) {
      const value = read(x, n * inputs + at);
      if (!Number.isNaN(value)) values.push(Number(value.toPrecision(DIGITS)));
    }
    at += widthOf(feature);
    return describe(feature, values);
  });
  known.set(prepared.preprocessing, described);
  return described;
}

function describe(feature: FeatureTransform, values: readonly number[]): InputField {
  const sorted = Float64Array.from(values).sort();
  const { column, type } = feature;
  const names = namesOf(feature);
  const typical = names.length > 0 ? mostFrequent(sorted) : medianOf(sorted);
  return {
    column,
    type,
    min: names.length > 0 ? 0 : (sorted[0] ?? 0),
    max: names.length > 0 ? names.length - 1 : (sorted.at(-1) ?? 0),
    typical,
    whole: sorted.every(Number.isInteger),
    names,
  };
}

function namesOf(feature: FeatureTransform): readonly string[] {
  if (feature.type === 'category') return feature.other ? [...feature.categories, 'any other'] : feature.categories;
  return feature.type === 'boolean' ? [feature.no, feature.yes] : [];
}

function medianOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The whole value that occurs most, the least of equals; a filled hole of a boolean lies between its two and counts for neither. */
function mostFrequent(sorted: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of sorted) if (Number.isInteger(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0])[0];
}
