import type { Offer } from './offer';

/** What a search found in a text: the better, the higher; `at` are the places of the letters that it matched. */
interface Found {
  readonly score: number;
  readonly at: readonly number[];
}

export interface Ranked {
  readonly offer: Offer;
  /** Places in the label of the letters that were typed. */
  readonly at: readonly number[];
}

/** The whole text begins with it; a word does; it stands inside a word; its letters begin words; they come in this order. */
const SCORE = { start: 100, word: 80, inside: 50, initials: 45, scattered: 15 };
/** A match in the group or in other words counts for less than one in the label. */
const BESIDE_LABEL = 0.3;
const RECENT = 12;
/** What cannot be done now stands behind what can, where both fit alike. */
const BLOCKED = 25;

/**
 * The offers that fit what was typed, best first, equals in their own order. Every word of the query has to be found: in the label, the
 * group, or other words.
 * @param recent ids, the last used first
 */
export function rankOffers(offers: readonly Offer[], query: string, recent: readonly string[] = []): readonly Ranked[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return offers
    .flatMap((offer) => {
      const found = matchOffer(offer, words);
      if (found === null) return [];
      const used = recent.indexOf(offer.id);
      const score = found.score + (used < 0 ? 0 : RECENT / (used + 1)) - (offer.obstacle === null ? 0 : BLOCKED);
      return [{ offer, at: found.at, score }];
    })
    .sort((a, b) => b.score - a.score);
}

function matchOffer({ label, group, words: others }: Offer, words: readonly string[]): Found | null {
  const at = new Set<number>();
  let score = 0;
  for (const word of words) {
    const inLabel = find(label, word);
    const beside = Math.max(find(group, word)?.score ?? 0, findWord(others, word)) * BESIDE_LABEL;
    if (inLabel === null && beside === 0) return null;
    if (inLabel !== null && inLabel.score >= beside) {
      inLabel.at.forEach((place) => at.add(place));
      score += inLabel.score;
    } else score += beside;
  }
  // Of two labels that fit alike, the one of which more was typed.
  const share = at.size / Math.max(1, label.length);
  return { score: score / Math.max(1, words.length) + 5 * share, at: [...at].sort((a, b) => a - b) };
}

/** Other words are not shown, so only a beginning of one counts. */
function findWord(text: string, word: string): number {
  return text
    .toLowerCase()
    .split(/\s+/)
    .some((each) => each.startsWith(word))
    ? SCORE.word
    : 0;
}

function find(text: string, word: string): Found | null {
  const lower = text.toLowerCase();
  const run = (from: number): number[] => Array.from(word, (_, n) => from + n);
  if (lower.startsWith(word)) return { score: SCORE.start, at: run(0) };
  const starts = startsOfWords(lower);
  const begun = starts.find((from) => lower.startsWith(word, from));
  if (begun !== undefined) return { score: SCORE.word, at: run(begun) };
  const inside = lower.indexOf(word);
  if (inside >= 0) return { score: SCORE.inside, at: run(inside) };
  return initials(lower, starts, word) ?? scattered(lower, word);
}

function startsOfWords(text: string): number[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index }) => index);
}

/** `gtm` for “Go to Maths”: each letter begins a word. */
function initials(text: string, starts: readonly number[], word: string): Found | null {
  const at: number[] = [];
  for (const start of starts) if (at.length < word.length && text[start] === word[at.length]) at.push(start);
  return word.length > 1 && at.length === word.length ? { score: SCORE.initials, at } : null;
}

/** Letters in this order with gaps; a search of fewer than three would fit almost anything. */
function scattered(text: string, word: string): Found | null {
  if (word.length < 3) return null;
  const at: number[] = [];
  let from = 0;
  for (const letter of word) {
    const place = text.indexOf(letter, from);
    if (place < 0) return null;
    at.push(place);
    from = place + 1;
  }
  const gaps = at.at(-1)! - at[0]! + 1 - word.length;
  return gaps >= word.length ? null : { score: SCORE.scattered - gaps, at };
}
