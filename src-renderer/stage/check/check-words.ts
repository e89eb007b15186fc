import type { BugChoice, GradientCheckState, GradientVerdict } from '../../../src-worker/api';
import { formatCount, formatPlural } from '../../charts/format';

/** A power of ten as it is written by hand: `1e−5`, with the halves between them `3e−6`. */
export function formatPower(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  return value.toExponential(0).replace('e+', 'e').replaceAll('-', '−');
}

/** An error, with two figures: `3.1e−8`. */
export function formatError(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  return value === 0 ? '0' : value.toExponential(1).replace('e+', 'e').replaceAll('-', '−');
}

/** A derivative with as many figures as show where two of them part. */
export function formatDerivative(value: number): string {
  return Number.isFinite(value) ? value.toExponential(7).replace('e+', 'e').replaceAll('-', '−') : 'not a number';
}

/** `W2[3, 1]`, counted from 1 as in the notes. */
export function entryName({ name, shape, index }: GradientVerdict): string {
  if (index < 0) return '–';
  const places: number[] = [];
  let rest = index;
  for (const size of [...shape].reverse()) {
    places.unshift((rest % size) + 1);
    rest = Math.floor(rest / size);
  }
  return `${name}[${places.join(', ')}]`;
}

/** `50 of 256`; all of them are just counted. */
export function checkedWords({ checked, atKink, size }: GradientVerdict): string {
  const looked = checked + atKink;
  return looked === size ? formatCount(size) : `${formatCount(looked)} of ${formatCount(size)}`;
}

export type Judgement = 'right' | 'wrong' | 'not checked';

export function judge({ checked, passed }: GradientVerdict): Judgement {
  if (checked === 0) return 'not checked';
  return passed ? 'right' : 'wrong';
}

/** The whole check in a sentence or two. */
export function summarize({ status, verdicts, request, limit }: GradientCheckState, bug: BugChoice | null): string {
  if (status === 'arrays') return `${formatPlural(verdicts.length, 'array')} checked so far.`;
  const wrong = verdicts.filter((verdict) => judge(verdict) === 'wrong').map(({ name }) => name);
  if (bug !== null) {
    if (wrong.length > 0) return `Caught: ${listed(wrong)} ${wrong.length === 1 ? 'fails' : 'fail'}.`;
    return bug.hits.length === 0
      ? 'It does no harm to this network.'
      : 'Not caught: at these weights it changes no gradient that was checked.';
  }
  if (wrong.length === 0) return 'Every gradient is right.';
  const rough = request.step > 1e-4 || request.step < 1e-7;
  return rough
    ? `${listed(wrong)} ${wrong.length === 1 ? 'misses' : 'miss'} the limit of ${formatPower(limit)}, because h is too ${request.step > 1e-4 ? 'large: the curvature of J shows' : 'small: the rounding of J shows'}.`
    : `${listed(wrong)} ${wrong.length === 1 ? 'is' : 'are'} wrong.`;
}

/** `W1, b1 and W2`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
