import { test } from './fixtures';
import { surviveKills } from './kills/chain';

/** Kills of one piece of work; its run is compared with an unbroken one at the end. */
const IN_A_CHAIN = 10;

/** `LAYERLAB_KILLS`: the first so many kills, `20`, or those from one number to another, `41-60`; 200 without it. */
function wantedKills(text: string): { readonly first: number; readonly last: number } {
  const [, first, last] = /^(?:(\d+)-)?(\d+)$/.exec(text) ?? [];
  if (last === undefined)
    throw new Error(`LAYERLAB_KILLS must be a number or two, such as 20 or 41-60, but is ${text}.`);
  return { first: Number(first ?? 1), last: Number(last) };
}

const { first, last } = wantedKills(process.env['LAYERLAB_KILLS'] ?? '200');
for (let from = first; from <= last; from += IN_A_CHAIN) {
  const numbers = Array.from({ length: Math.min(IN_A_CHAIN, last + 1 - from) }, (_, index) => from + index);
  test(`kills ${from} to ${numbers.at(-1)} at random moments lose nothing acknowledged, and the run ends as one that nobody killed`, () =>
    surviveKills(
      numbers.map((number) => ({ number })),
      Math.floor((from - 1) / IN_A_CHAIN),
    ));
}
