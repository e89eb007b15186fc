import type { Definition } from '../definition';
import type { OptimizerKind, OptimizerSpec } from '../experiment/document';
import type { FloatArray } from '../tensor';

/** The spec of one kind, with its fields. */
export type OptimizerOf<K extends OptimizerKind> = { [S in OptimizerSpec as S['kind']]: S }[K];

/** Where an update stands, and what it updates. */
export interface UpdatePlace {
  /** Number of this update, from 1, counted since the optimizer's arrays were 0: t of the Adam paper. */
  readonly t: number;
  /** Whether the parameter is a weight, on which decay acts, and no bias. */
  readonly regularised: boolean;
}

/** A rule that changes a parameter by its gradient. */
export interface OptimizerDefinition<K extends OptimizerKind = OptimizerKind> extends Definition<K> {
  /** Names of the arrays it keeps per parameter, of the parameter's shape and 0 at first: `v` is saved as `v.W1`. */
  readonly slots: readonly string[];
  /** Whether its rule depends on t, which then is saved as the array `t` of one number. */
  readonly counts: boolean;

  /**
   * One update in place.
   * @param g ∂J/∂W with its 1/m and its L1 and L2 terms; read only
   * @param slots in the order of {@link slots}; changed in place
   */
  update(
    optimizer: OptimizerOf<K>,
    W: FloatArray,
    g: FloatArray,
    slots: readonly FloatArray[],
    place: UpdatePlace,
  ): void;
}
