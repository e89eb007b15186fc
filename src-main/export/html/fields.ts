import type { FeatureTransform, Preprocessing, RawRow } from '../../../src-worker/api';
import { quote } from '../code-text';
import { scriptCell, scriptList } from '../javascript/literals';

type Of<T extends FeatureTransform['type']> = Extract<FeatureTransform, { type: T }>;

/** How the page asks for a column: the kind of control, what it offers, and whether any other word may be typed. */
const controls: { readonly [T in FeatureTransform['type']]: (feature: Of<T>) => string } = {
  number: () => 'kind: "number"',
  category: ({ categories, other }) =>
    `kind: ${other || categories.length > 50 ? '"text"' : '"choice"'}, options: ${scriptList(categories.map(quote))}`,
  boolean: ({ no, yes }) => `kind: "choice", options: ${scriptList([yes, no].map(quote))}`,
  date: ({ cycles }) => `kind: "date", time: ${cycles.includes('day')}`,
};

/** The form of a table's row as data of the page, filled in with the first row of the proof. */
export function fieldsCode({ features }: Preprocessing, row: RawRow): string {
  const fields = features.map((feature) => {
    const control = controls[feature.type] as (feature: FeatureTransform) => string; // that of its own type
    const example = scriptCell(row[feature.column] ?? null);
    return `  { column: ${quote(feature.column)}, ${control(feature)}, example: ${example} },`;
  });
  return `const fields = [\n${fields.join('\n')}\n];`;
}
