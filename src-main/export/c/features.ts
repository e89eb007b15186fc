import type { FeatureTransform, RawRow } from '../../../src-worker/api';
import { HOLES } from '../../../src-worker/data/cell';
import { kindOf, widthOf } from '../../../src-worker/data/features';
import { PERIODS } from '../../../src-worker/data/features/date';
import { cString, hexFloat } from './literals';

type Of<T extends FeatureTransform['type']> = Extract<FeatureTransform, { type: T }>;

/** What a column is in C: a member of the row, the call that makes its inputs, and a cell of the proof. */
interface CColumn<T extends FeatureTransform> {
  readonly type: 'double ' | 'const char *';
  readonly meaning: string;
  readonly call: (feature: T, member: string, at: string) => string;
  readonly cell: (feature: T, cell: RawRow[string]) => string;
}

/** As the app reads the cell; NAN for a hole. */
const valueCell = (feature: FeatureTransform, cell: RawRow[string]): string =>
  hexFloat(kindOf(feature.type).fromCell(feature)(cell) ?? NaN);
const textCell = (_: FeatureTransform, cell: RawRow[string]): string =>
  cell === null || Number.isNaN(cell) ? 'NULL' : cString(String(cell));

const scaling = ({ offset, scale, fill }: { offset: number; scale: number; fill: number }): string =>
  [offset, scale, fill].map(hexFloat).join(', ');

export const C_COLUMNS = {
  number: {
    type: 'double ',
    meaning: 'a number; NAN where it is missing',
    call: (feature, member, at) => `encode_number(${member}, ${scaling(feature)}, ${at});`,
    cell: valueCell,
  },
  category: {
    type: 'const char *',
    meaning: 'a category; NULL where it is missing',
    call: ({ categories, other, fill }, member, at) =>
      categories.length === 0
        ? `encode_category(${member}, NULL, 0, ${other ? 1 : 0}, ${fill === null ? 'NULL' : cString(fill)}, ${at});`
        : `encode_category(${member}, (const char *const[]){${categories.map(cString).join(', ')}}, ${categories.length}, ${other ? 1 : 0}, ${fill === null ? 'NULL' : cString(fill)}, ${at});`,
    cell: textCell,
  },
  boolean: {
    type: 'const char *',
    meaning: 'one of two words; NULL where it is missing',
    call: ({ no, yes, fill }, member, at) =>
      `encode_boolean(${member}, ${cString(no)}, ${cString(yes)}, ${hexFloat(fill)}, ${at});`,
    cell: textCell,
  },
  date: {
    type: 'double ',
    meaning: 'days since 1970-01-01 UTC, with the time as fraction; NAN where it is missing',
    call: (feature, member, at) => {
      const periods = feature.cycles.map((cycle) => hexFloat(PERIODS[cycle]));
      const cycles = periods.length === 0 ? 'NULL' : `(const double[]){${periods.join(', ')}}`;
      return `encode_date(${member}, ${scaling(feature)}, ${cycles}, ${periods.length}, ${at});`;
    },
    cell: valueCell,
  },
} satisfies { readonly [T in FeatureTransform['type']]: CColumn<Of<T>> };

export function cColumn(feature: FeatureTransform): CColumn<FeatureTransform> {
  return C_COLUMNS[feature.type] as CColumn<FeatureTransform>; // that of its own type
}

/** A member's name: the column's number and what of its own name C can spell. */
export function memberName(feature: FeatureTransform, index: number): string {
  const plain = feature.column
    .normalize('NFKD')
    .slice(0, 200)
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40);
  return `x${index + 1}${plain === '' ? '' : `_${plain}`}`;
}

/** Sets x from the row, column by column. */
export function encodeLines(features: readonly FeatureTransform[]): readonly string[] {
  let at = 0;
  return features.map((feature, index) => {
    const line = `  ${cColumn(feature).call(feature, `row->${memberName(feature, index)}`, `x + ${at}`)}`;
    at += widthOf(feature);
    return line;
  });
}

const text = `/* Whether a cell is the word, but for spaces around it; with fold also but for the case of plain letters, and 1.0 is 1. */
static inline int same_text(const char *cell, const char *word, int fold) {
  while (isspace((unsigned char)*cell)) cell++;
  size_t length = strlen(cell);
  while (length > 0 && isspace((unsigned char)cell[length - 1])) length--;
  if (length == strlen(word)) {
    size_t i = 0;
    while (i < length && (cell[i] == word[i] || (fold && tolower((unsigned char)cell[i]) == (unsigned char)word[i]))) i++;
    if (i == length) return 1;
  }
  char *end_of_cell, *end_of_word;
  double value = strtod(cell, &end_of_cell), other = strtod(word, &end_of_word);
  return end_of_cell == cell + length && length > 0 && *end_of_word == 0 && end_of_word != word && value == other;
}

static inline int is_hole(const char *cell) {
  static const char *const holes[] = {${[...HOLES].map(cString).join(', ')}};
  if (cell == NULL) return 1;
  for (size_t i = 0; i < sizeof holes / sizeof *holes; i++)
    if (same_text(cell, holes[i], 1)) return 1;
  return 0;
}`;

const number = `/* (value - offset) * scale; a missing value is fill. */
static inline void encode_number(double value, double offset, double scale, double fill, double *x) {
  x[0] = ((isnan(value) ? fill : value) - offset) * scale;
}`;

const category = `/* One input per category, 1 for the one that the cell is; with other one more, for any other value. A missing one is fill. */
static inline void encode_category(const char *cell, const char *const *categories, int count, int other,
                                   const char *fill, double *x) {
  int found = -1;
  memset(x, 0, (size_t)(count + other) * sizeof *x);
  if (is_hole(cell)) cell = fill;
  if (cell == NULL) return;
  for (int i = 0; i < count && found < 0; i++)
    if (same_text(cell, categories[i], 0)) found = i;
  if (found < 0 && other) found = count;
  if (found >= 0) x[found] = 1;
}`;

const boolean = `/* 1 for yes, 0 for no, fill for a missing value and, since C has no exceptions, NAN for any other word. */
static inline void encode_boolean(const char *cell, const char *no, const char *yes, double fill, double *x) {
  x[0] = is_hole(cell) ? fill : same_text(cell, yes, 1) ? 1 : same_text(cell, no, 1) ? 0 : NAN;
}`;

const date = `/* (days - offset) * scale, then sin and cos of 2 pi days / period for each cycle; a missing date is fill. */
static inline void encode_date(double days, double offset, double scale, double fill, const double *periods, int count,
                               double *x) {
  if (isnan(days)) days = fill;
  x[0] = (days - offset) * scale;
  for (int i = 0; i < count; i++) {
    double angle = 2 * 3.14159265358979323846 * fmod(days / periods[i], 1);
    x[1 + 2 * i] = sin(angle);
    x[2 + 2 * i] = cos(angle);
  }
}`;

const functions = { number, category, boolean, date } satisfies Readonly<Record<FeatureTransform['type'], string>>;

/** The functions that these columns call. */
export function featureFunctions(features: readonly FeatureTransform[]): readonly string[] {
  const types = [...new Set(features.map(({ type }) => type))];
  const texts = types.some((type) => C_COLUMNS[type].type === 'const char *');
  return [...(texts ? [text] : []), ...types.map((type) => functions[type])];
}
