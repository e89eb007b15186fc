import type { Task } from '../api';
import type { DateOrder, ImageFit } from '../experiment/document';
import type { Shape } from '../tensor';

/** What turns a raw row into the network's input and its output into an answer. Travels with every save and export. */
export interface Preprocessing {
  readonly task: Task;
  readonly inputShape: Shape;
  /** Empty for images. In the order of the network's inputs. */
  readonly features: readonly FeatureTransform[];
  /** Images only: (byte − offset[c]) · scale[c]. */
  readonly pixels: {
    readonly offset: readonly number[];
    readonly scale: readonly number[];
    /** How an image file of another size is brought to that of `inputShape`; absent where images came as an array. */
    readonly fit?: ImageFit;
  } | null;
  readonly target: {
    readonly name: string;
    readonly classes: readonly string[];
    /** Regression: target = output · deviation + mean. Classification: 0 and 1. */
    readonly mean: number;
    readonly deviation: number;
  };
}

export type FeatureTransform =
  | {
      readonly column: string;
      readonly type: 'number';
      /** input = (value − offset) · scale; a hole becomes `fill` first. */
      readonly offset: number;
      readonly scale: number;
      readonly fill: number;
    }
  | {
      readonly column: string;
      readonly type: 'category';
      /** One input per category, in this order; a hole sets none of them unless `fill` names one. */
      readonly categories: readonly string[];
      /** One more input behind them, which every other value sets; without it such a value sets none. */
      readonly other: boolean;
      /** The value that a hole becomes; null where a hole stays one. */
      readonly fill: string | null;
    }
  | {
      readonly column: string;
      readonly type: 'boolean';
      /** In lower case; case and spaces at the ends do not matter. `no` gives 0, `yes` 1, and a hole `fill`. */
      readonly no: string;
      readonly yes: string;
      readonly fill: number;
    }
  | {
      readonly column: string;
      readonly type: 'date';
      /** How a cell becomes days t since 1970-01-01 UTC. */
      readonly dates: DateReading;
      /** The first input is (t − offset) · scale; a hole becomes `fill` first, in days too. */
      readonly offset: number;
      readonly scale: number;
      readonly fill: number;
      /** Two more inputs for each, sin and cos of 2πt / period. */
      readonly cycles: readonly DateCycle[];
    };

/** Which figure of 3/4/2024 is the day, and what a bare number means: 20240403, or a time since 1970. */
export interface DateReading {
  readonly order: DateOrder;
  readonly numbers: 'figures' | 'seconds' | 'milliseconds';
}

export type DateCycle = 'day' | 'week' | 'year';
