import type { FeatureTransform } from '../../api';
import { boolean } from './boolean';
import { category } from './category';
import { date } from './date';
import type { FeatureKind } from './feature';
import { number } from './number';

type FeatureType = FeatureTransform['type'];

/** Every type that can be a feature. To add one: a file, this line, a member of `FeatureTransform` and a word in `ColumnType`. */
const features = { number, category, boolean, date } satisfies {
  readonly [K in FeatureType]: FeatureKind<Extract<FeatureTransform, { type: K }>>;
};

export { settingsFor, type FeatureKind } from './feature';

/** The kind that a transform belongs to; it takes transforms of its own type only, as this one is. */
export function kindOf(type: FeatureType): FeatureKind {
  return features[type] as unknown as FeatureKind;
}

/** Inputs of one feature. */
export function widthOf(feature: FeatureTransform): number {
  return kindOf(feature.type).inputs(feature).length;
}

/** Names of the network's inputs: a number keeps its column's name, a category gives one for each value. */
export function inputNames(all: readonly FeatureTransform[]): readonly string[] {
  return all.flatMap((feature) => kindOf(feature.type).inputs(feature));
}
