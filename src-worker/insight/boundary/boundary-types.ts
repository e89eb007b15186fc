/** Pictures of what a network says over a plane through the space of its inputs. Types only: they cross to the window. */
import type { Outcome } from '../../problem';
import type { InputField } from '../inputs/input-types';

/** What the trainer offers to see a network over a plane. */
export interface BoundaryApi {
  /** How a plane lies, with examples projected onto it. It depends on the data alone; principal components are found in pieces. */
  plane(choice: PlaneChoice): Promise<Outcome<Plane>>;

  /**
   * What the network of the run says over a plane, row by row from the lowest y; over a line `y.steps` is 1. Without a `plane`, over the one or two
   * number features that there are; any other number of features is a problem then.
   */
  boundary(request: BoundaryRequest): Outcome<Boundary>;
}

/**
 * `features`: two columns, all others held at one value each; without `y`, the line of one column. `components`: the first two principal components of
 * the network's inputs, x = mean + u p₁ + v p₂. `first`: whatever shows the data best, which {@link Plane.choice} then names.
 */
export type PlaneChoice =
  | { readonly kind: 'first' }
  | { readonly kind: 'features'; readonly x: string; readonly y: string | null }
  | { readonly kind: 'components' };

export interface PlaneAxis {
  readonly name: string;
  /** Days since 1970 for dates, the index in `names` for categories and booleans, spreads of the inputs for components. */
  readonly kind: 'number' | 'date' | 'category' | 'component';
  readonly names: readonly string[];
}

export interface Plane {
  /** Never `first`. */
  readonly choice: PlaneChoice;
  readonly xAxis: PlaneAxis;
  /** Null for a line. */
  readonly yAxis: PlaneAxis | null;
  /** The features that are held at a value: by default at what is typical of them. */
  readonly held: readonly InputField[];
  /** Every feature that can be an axis. */
  readonly columns: readonly string[];
  /** Of components only. */
  readonly components: {
    /** Of the inputs' whole variance, the share along each. */
    readonly shares: readonly [number, number];
    /** Training examples that they were found from, and how many there are. */
    readonly examples: number;
    readonly of: number;
    /** The inputs that each consists of most, the largest first: p[k]. Empty for images. */
    readonly loadings: readonly (readonly { readonly input: string; readonly weight: number }[])[];
  } | null;
  /** Examples of all parts, evenly drawn, each where it lies on the plane; those without a place left out. */
  readonly points: PlanePoints;
}

export interface PlanePoints {
  readonly x: Float32Array;
  /** On a line the target's value, or the class index. */
  readonly y: Float32Array;
  /** Class index, or the target's value for regression. */
  readonly target: Float32Array;
  /** 0 train, 1 dev, 2 test. */
  readonly part: Uint8Array;
  /** Examples that they were drawn from. */
  readonly of: number;
}

/** Both ends included, in the units of the axis. */
export interface GridAxis {
  readonly min: number;
  readonly max: number;
  readonly steps: number;
}

export interface BoundaryRequest {
  readonly x: GridAxis;
  readonly y: GridAxis;
  readonly plane?: PlaneChoice;
  /** What other values than the typical ones some features are held at, by column. */
  readonly held?: Readonly<Record<string, number>>;
  /** `a` of some units of a layer instead of the answer, in the order of memory; the layer by its number. */
  readonly units?: { readonly layer: number; readonly from: number; readonly count: number };
  /** Whether the examples of {@link Plane.points} are answered too. */
  readonly judge?: boolean;
}

export interface Boundary {
  readonly columns: number;
  readonly rows: number;
  /** Outputs of the network, or units that were asked for. */
  readonly outputs: number;
  /** `[rows, columns, outputs]`; the answer of a regression in the target's own units, units as they are. */
  readonly values: Float32Array;
  /** For each of the plane's points 1 where the network names another class; null where that was not asked for or there are no classes. */
  readonly wrong: Uint8Array | null;
  /** What it took to compute. */
  readonly ms: number;
}
