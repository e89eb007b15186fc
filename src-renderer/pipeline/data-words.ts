import type { DataSpec, DataSummary } from '../../src-worker/api';
import { formatPlural } from '../charts/format';

/** `flower · 400 points · 2 features → class`, `penguins.csv · 344 rows · 6 features → species`. */
export function describeData(summary: DataSummary): string {
  const noun = { sample: 'point', table: 'row', images: 'image' }[summary.kind];
  const count = formatPlural(summary.usedRows, noun);
  const input =
    summary.kind === 'images'
      ? summary.inputShape.slice(-2).join(' × ')
      : formatPlural(summary.columns.filter(({ role }) => role === 'feature').length, 'feature');
  const target = summary.target || (summary.task === 'regression' ? 'number' : 'class');
  const title = summary.kind === 'sample' ? summary.title.toLowerCase() : summary.title;
  // The arrow never stands alone at the end of a line.
  return `${title} · ${count} · ${input} →\u00a0${target}`;
}

/** The names of the files that a document asks for. */
export function sourceNames({ source }: DataSpec): readonly string[] {
  return 'files' in source ? [...source.files, ...source.testFiles] : [];
}
