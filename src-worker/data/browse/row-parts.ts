import type { Part } from '../../engine';
import type { ShownExamples } from './browse-types';

export const PART_ORDER: readonly Part[] = ['train', 'dev', 'test'];
/** Stands for no part in {@link partsOfPlaces}. */
export const NO_PART = 3;

/** The part of each place: 0 train, 1 dev, 2 test, {@link NO_PART}. `first` is the place of the first row of a part's file. */
export function partsOfPlaces(
  total: number,
  parts: Readonly<Record<Part, { readonly rows: Uint32Array; readonly first: number }>>,
): Uint8Array {
  const partOf = new Uint8Array(total).fill(NO_PART);
  PART_ORDER.forEach((name, part) => {
    const { rows, first } = parts[name];
    for (const row of rows) partOf[first + row] = part;
  });
  return partOf;
}

export function partNamedBy(part: number): Part | null {
  return PART_ORDER[part] ?? null;
}

/** Whether a place is among those that are to be shown; null where all are. */
export function shownPlaces(
  show: ShownExamples,
  partOf: Uint8Array,
  relabelled: Readonly<Record<string, unknown>>,
): ((place: number) => boolean) | null {
  if (show === 'all') return null;
  if (show === 'relabelled') {
    const places = new Set(Object.keys(relabelled).map(Number));
    return (place) => places.has(place);
  }
  const wanted = show === 'left-out' ? NO_PART : PART_ORDER.indexOf(show);
  return (place) => partOf[place] === wanted;
}
