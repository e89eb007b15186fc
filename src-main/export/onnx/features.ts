import type { FeatureTransform } from '../../../src-worker/api';
import { HOLES } from '../../../src-worker/data/cell';
import { PERIODS } from '../../../src-worker/data/features/date';
import type { GraphBuilder } from './graph';
import { ELEMENT } from './proto';

/** The transforms of single columns (src-worker/data/features) as operators: each takes `[batch, 1]` and gives `[batch, inputs]`. */

type Transform<K extends FeatureTransform['type']> = Extract<FeatureTransform, { type: K }>;
type Scaled = Pick<Transform<'number'>, 'offset' | 'scale' | 'fill'>;

/**
 * x = (value − offset) · scale, with `fill` for a hole. In float64, because in float32 a year less its mean keeps no more than
 * four digits; only the result is narrowed.
 */
export function addScaling(graph: GraphBuilder, name: string, features: readonly Scaled[]): string {
  const constant = (key: 'offset' | 'scale' | 'fill'): string =>
    graph.constant(
      `scaling/${key}`,
      [features.length],
      Float64Array.from(features, (feature) => feature[key]),
    );
  const wide = graph.add('Cast', 'scaling/wide', [name], { to: ELEMENT.double });
  const holes = graph.add('IsNaN', 'scaling/holes', [wide]);
  const filled = graph.add('Where', 'scaling/filled', [holes, constant('fill'), wide]);
  const shifted = graph.add('Sub', 'scaling/shifted', [filled, constant('offset')]);
  const scaled = graph.add('Mul', 'scaling/scaled', [shifted, constant('scale')]);
  return graph.add('Cast', 'scaling/narrow', [scaled], { to: ELEMENT.float });
}

/**
 * One input per category: 1 where the text equals it. Where other texts or holes set an input too, texts are first told apart as category 1
 * to K, hole, or anything else, and a matrix says what each of these sets.
 */
export function addOneHot(graph: GraphBuilder, name: string, feature: Transform<'category'>): string | null {
  const { categories, other, fill } = feature;
  const inputs = categories.length + (other ? 1 : 0);
  if (inputs === 0) return null;
  if (!other && fill === null)
    return addMatches(
      graph,
      name,
      categories.map((text) => [text]),
    );
  const told = addMatches(graph, name, [
    ...categories.map((text) => [text]),
    spellings(HOLES).filter((text) => !categories.includes(text)),
  ]);
  const anythingElse = Float32Array.from({ length: inputs }, (_, input) => (other && input === inputs - 1 ? 1 : 0));
  const filled = fill === null ? -1 : categories.includes(fill) ? categories.indexOf(fill) : inputs - 1;
  // x = told · W + b with b for anything else, so that every row of W is what the text sets, less b.
  const W = Float32Array.from({ length: (categories.length + 1) * inputs }, (_, index) => {
    const [text, input] = [Math.floor(index / inputs), index % inputs];
    const sets = text === categories.length ? filled : text;
    return (sets === input ? 1 : 0) - anythingElse[input]!;
  });
  const matrix = graph.constant('scaling/sets', [categories.length + 1, inputs], W);
  return graph.add('Gemm', 'scaling/one-hot', [told, matrix, graph.constant('scaling/else', [inputs], anythingElse)]);
}

/** 1 for yes, 0 for no, `fill` for anything else: [yes, no] · (1 − fill, −fill) + fill. */
export function addBoolean(graph: GraphBuilder, name: string, { yes, no, fill }: Transform<'boolean'>): string {
  const told = addMatches(graph, name, [caseVariants(yes), caseVariants(no)]);
  const matrix = graph.constant('scaling/yes-no', [2, 1], Float32Array.of(1 - fill, -fill));
  return graph.add('Gemm', 'scaling/boolean', [
    told,
    matrix,
    graph.constant('scaling/fill', [1], Float32Array.of(fill)),
  ]);
}

/** The scaled days, then sin and cos of 2πt / period for each cycle. The remainder is taken in float64; only the angle is narrowed. */
export function addDate(graph: GraphBuilder, name: string, feature: Transform<'date'>): string {
  const scaled = addScaling(graph, name, [feature]);
  if (feature.cycles.length === 0) return scaled;
  const number = (wanted: string, value: number): string => graph.constant(wanted, [1], Float64Array.of(value));
  const holes = graph.add('IsNaN', 'scaling/holes', [name]);
  const days = graph.add('Where', 'scaling/days', [holes, number('scaling/fill', feature.fill), name]);
  const cycles = feature.cycles.flatMap((cycle) => {
    const period = PERIODS[cycle];
    const within = graph.add('Mod', `scaling/${cycle}`, [days, number('scaling/period', period)], { fmod: 1 });
    const wide = graph.add('Mul', 'scaling/angle', [within, number('scaling/frequency', (2 * Math.PI) / period)]);
    const angle = graph.add('Cast', 'scaling/angle', [wide], { to: ELEMENT.float });
    return [graph.add('Sin', 'scaling/sin', [angle]), graph.add('Cos', 'scaling/cos', [angle])];
  });
  return graph.add('Concat', 'scaling/date', [scaled, ...cycles], { axis: 1 });
}

/**
 * `[batch, groups]`: 1 where the text is one of the group's. Counting one-word phrases is the standard operator that takes text; Equal does so
 * only from opset 19 on, and the machine-learning domain's OneHotEncoder has no shape inference in older checkers.
 */
function addMatches(graph: GraphBuilder, name: string, groups: readonly (readonly string[])[]): string {
  return graph.add('TfIdfVectorizer', 'scaling/one-hot', [name], {
    mode: 'TF',
    min_gram_length: 1,
    max_gram_length: 1,
    max_skip_count: 0,
    ngram_counts: [0],
    ngram_indexes: groups.flatMap((texts, group) => texts.map(() => group)),
    pool_strings: groups.flat(),
  });
}

/** Letters of a word beyond which not every mixture of cases is listed: 2⁸ texts. */
const MOST_MIXED = 8;

/** Every way to write a word in capitals and small letters, which are one to the app; of a long word those that people use. */
function caseVariants(word: string): readonly string[] {
  const letters = [...word].filter(
    (letter) => letter.toUpperCase().toLowerCase() === letter && letter.toUpperCase() !== letter,
  );
  const usual = spellings([word]);
  if (letters.length === 0 || letters.length > MOST_MIXED) return usual;
  const mixed = [...word].reduce<readonly string[]>(
    (before, letter) =>
      before.flatMap((text) => [...new Set([letter, letter.toUpperCase()])].map((next) => text + next)),
    [''],
  );
  return [...new Set([...usual, ...mixed.filter((text) => text.toLowerCase() === word)])];
}

/** Words as people write them: in lower case, in capitals, and with a capital; whole numbers with a point too. */
function spellings(words: Iterable<string>): readonly string[] {
  const all = [...words].flatMap((word) => [
    word,
    word.toUpperCase(),
    word.slice(0, 1).toUpperCase() + word.slice(1),
    ...(/^-?\d+$/.test(word) ? [`${word}.0`] : []),
  ]);
  return [...new Set(all)];
}
