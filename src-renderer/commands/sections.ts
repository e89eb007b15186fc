import { rankOffers, type Ranked } from './rank';
import type { Offer } from './offer';

/** A part of the palette's list under its heading; a search has one without. */
export interface Section {
  readonly heading: string | null;
  readonly entries: readonly Ranked[];
}

/**
 * What the palette lists: while nothing is typed the recent ones, then all by their groups; else one list, best first.
 * @param recent ids, the last used first; those that are not offered now are left out
 */
export function paletteSections(
  offers: readonly Offer[],
  query: string,
  recent: readonly string[],
): readonly Section[] {
  if (query.trim() !== '') {
    const entries = rankOffers(offers, query, recent);
    return entries.length === 0 ? [] : [{ heading: null, entries }];
  }
  const used = recent.flatMap((id) => offers.filter((offer) => offer.id === id));
  const others = offers.filter((offer) => !used.includes(offer));
  const groups = [...new Set(others.map(({ group }) => group))];
  return [
    { heading: 'Recent', entries: used.map(unranked) },
    ...groups.map((group) => ({
      heading: group,
      entries: others.filter((offer) => offer.group === group).map(unranked),
    })),
  ].filter(({ entries }) => entries.length > 0);
}

const unranked = (offer: Offer): Ranked => ({ offer, at: [] });
