import type { NamedTensor } from '../../src-worker/api';
import { fitsParameter, type WeightMatch } from '../../src-worker/experiment/match-weights';
import { shapeText } from './model-words';

export type { NamedTensor, WeightMatch };

const LONGEST_NAME = 60;

/** The arrays that a person may choose for one of the network: those of its shape, and to leave it as it is. */
export function choicesFor(
  { shape }: WeightMatch,
  arrays: readonly NamedTensor[],
): readonly { readonly value: string; readonly label: string }[] {
  const names = new Set<string>(['']);
  // Of two arrays of one name, which a damaged file may hold, the first counts.
  const fitting = arrays.filter((array) => {
    const first = !names.has(array.name);
    names.add(array.name);
    return first && fitsParameter(array.shape, shape);
  });
  const label = ({ name, shape: own }: NamedTensor): string =>
    `${name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name} (${shapeText(own)})`;
  return [
    ...fitting.map((array) => ({ value: array.name, label: label(array) })),
    { value: '', label: fitting.length === 0 ? 'Nothing fits: keep the present one' : 'Keep the present one' },
  ];
}
