import type { DataSummary, Plane } from '../../../src-worker/api';
import { formatCount, formatNumber, formatPercent, formatPlural } from '../../charts/format';

/** Which plane it is, in short paragraphs: what lies beside it, and where. */
export function planeInWords(
  { choice, held, components, yAxis }: Plane,
  { inputShape, target }: DataSummary,
): readonly string[] {
  if (components !== null) {
    const inputs = inputShape.reduce((product, n) => product * n, 1);
    const { shares, examples, of, loadings } = components;
    const found =
      examples < of ? `${formatCount(examples)} of ${formatPlural(of, 'training example')}` : 'the training part';
    const parts = loadings.flatMap((each, index) =>
      each.length === 0 ? [] : [`Component ${index + 1}: ${each.map(inWords).join(', ')}.`],
    );
    return [
      `x = mean + u p₁ + v p₂: the first two principal components of the network’s ${formatCount(inputs)} inputs, found from ${found}.`,
      `They hold ${formatPercent(shares[0] + shares[1])} of the variance; everything else is at its mean, so that a point may lie far from its own example.`,
      ...parts,
    ];
  }
  if (choice.kind !== 'features') return [];
  const axes = choice.y === null ? choice.x : `${choice.x} and ${choice.y}`;
  if (held.length === 0) {
    return [
      yAxis === null ? `${target} over its one feature.` : `${axes} are all the features there are: nothing is held.`,
    ];
  }
  const categories = held.some(({ names }) => names.length > 0);
  const numbers = held.some(({ names }) => names.length === 0);
  const at = [...(numbers ? ['medians'] : []), ...(categories ? ['most frequent values'] : [])].join(' and ');
  const others = held.length === 1 ? 'other feature is' : `other ${formatPlural(held.length, 'feature')} are`;
  return [
    `A section along ${axes}. The ${others} held, at first at their ${at} in the training part.`,
    'Each point is an example, whose own values may be others: it is judged by those.',
  ];
}

function inWords({ input, weight }: { readonly input: string; readonly weight: number }): string {
  return `${formatNumber(weight)} ${input}`;
}
