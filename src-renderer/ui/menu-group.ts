import type { Offer } from '../commands/offer';

/** Items of a menu between two lines. */
export interface MenuGroup {
  readonly heading?: string;
  readonly offers: readonly Offer[];
}
