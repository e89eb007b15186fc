import type { FeatureTransform } from '../../api';
import { kindOf, widthOf } from '../../data/features';
import type { FloatArray } from '../../tensor';
import type { InputField } from '../inputs/input-types';
import type { PrincipalComponents } from './principal-components';

/** Between a plane and the space of the network's inputs. */
export interface PlaneMap {
  /** Writes the inputs of the point (u, v) to x from `at` on, whatever was there. */
  write(u: number, v: number, x: FloatArray, at: number): void;
  /** Where the example whose inputs lie at x[at…] comes to lie; NaN for what it has no place on. */
  place(x: FloatArray, at: number): readonly [u: number, v: number];
}

/** A feature with where its inputs begin. */
interface PlacedFeature {
  readonly feature: FeatureTransform;
  readonly at: number;
}

/**
 * Two features, or one, with all others at one value each.
 * @param columns of the axes; the second null for a line
 * @param held other values than the typical ones, by column
 */
export function featuresMap(
  features: readonly FeatureTransform[],
  fields: readonly InputField[],
  columns: readonly [string, string | null],
  held: Readonly<Record<string, number>>,
): PlaneMap {
  const placed: PlacedFeature[] = [];
  let inputs = 0;
  for (const feature of features) {
    placed.push({ feature, at: inputs });
    inputs += widthOf(feature);
  }
  const template = new Float64Array(inputs);
  placed.forEach(({ feature, at }, index) => {
    if (columns.includes(feature.column)) return;
    const { column, typical } = fields[index]!;
    const value = Object.hasOwn(held, column) ? held[column]! : typical;
    kindOf(feature.type).write(feature)(value, template, at);
  });
  const axes = columns.map((name) => axisMap(placed.find(({ feature }) => feature.column === name)));
  return {
    write(u, v, x, at) {
      x.set(template, at);
      axes[0]!.write(u, x, at);
      axes[1]!.write(v, x, at);
    },
    place: (x, at) => [axes[0]!.read(x, at), axes[1]!.read(x, at)],
  };
}

function axisMap(placed: PlacedFeature | undefined) {
  if (placed === undefined) return { write: () => undefined, read: () => 0 };
  const { feature, at: first } = placed;
  const kind = kindOf(feature.type);
  const write = kind.write(feature);
  const read = kind.read(feature);
  // Between two categories there is nothing: the nearer one counts.
  const whole = feature.type === 'category' || feature.type === 'boolean';
  const most = feature.type === 'category' ? widthOf(feature) - 1 : 1;
  return {
    write: (value: number, x: FloatArray, at: number): void =>
      write(whole ? Math.max(0, Math.min(most, Math.round(value))) : value, x, at + first),
    read: (x: FloatArray, at: number): number => read(x, at + first),
  };
}

/** x = mean + u p₁ + v p₂, and back u = (x − mean)ᵀ p₁. */
export function componentsMap({ mean, directions: [first, second] }: PrincipalComponents): PlaneMap {
  return {
    write(u, v, x, at) {
      for (let k = 0; k < mean.length; k++) x[at + k] = mean[k]! + u * first[k]! + v * second[k]!;
    },
    place(x, at) {
      let [u, v] = [0, 0];
      for (let k = 0; k < mean.length; k++) {
        const away = x[at + k]! - mean[k]!;
        u += away * first[k]!;
        v += away * second[k]!;
      }
      return [u, v];
    },
  };
}
