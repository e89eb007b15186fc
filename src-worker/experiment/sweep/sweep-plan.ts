/** What a sweep tries, as plain data: it is kept with every run of the sweep, and says exactly which points there are. */
export interface SweepPlan {
  /** `grid`: every value of the one with every value of the other. `random`: points drawn from the ranges. */
  readonly method: 'grid' | 'random';
  /** One or two. */
  readonly settings: readonly SweptSetting[];
  /** Points of a random sweep. */
  readonly draws: number;
  /** Of the draws. */
  readonly seed: number;
  /** Of each run, unless they are swept. */
  readonly epochs: number;
}

export type SweptSetting = SweptNumber | SweptChoice;

interface SweptBase {
  /** As the document calls it: `training.optimizer.learningRate`. */
  readonly path: string;
  /** As people read it: `Learning rate`, `Layer 1 units`. */
  readonly label: string;
}

export interface SweptNumber extends SweptBase {
  readonly kind: 'number';
  /** Only whole numbers. */
  readonly whole: boolean;
  readonly from: number;
  readonly to: number;
  /** Values of a grid, both ends among them. */
  readonly count: number;
  /** `even`: the same difference from value to value. `ratio`: the same factor; draws are even in the logarithm. */
  readonly spacing: 'even' | 'ratio';
}

export interface SweptChoice extends SweptBase {
  readonly kind: 'choice';
  readonly options: readonly SweptOption[];
}

export interface SweptOption {
  readonly value: string;
  readonly label: string;
}

export type SweptValue = number | string;

/** One value for each setting of the plan, in its order. */
export type SweepPoint = readonly SweptValue[];

/** Where a run belongs in a sweep. */
export interface SweepPlace {
  /** From 1; the runs of one sweep have it in common. */
  readonly number: number;
  readonly plan: SweepPlan;
  readonly values: SweepPoint;
}
