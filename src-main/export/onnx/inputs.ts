import type { FeatureTransform, Preprocessing } from '../../../src-worker/api';
import { sizeOf } from '../../../src-worker/tensor';
import type { GraphBuilder } from './graph';
import { ELEMENT } from './proto';

/** An input of the file and the raw columns it takes, for the metadata. */
export interface InputDescription {
  readonly name: string;
  readonly type: 'image' | 'number' | 'category';
  readonly columns: readonly string[];
}

/** The network's input `[batch, …inputShape]` inside the graph, and how it is made of what comes in raw. */
export interface PreparedInput {
  readonly x: string;
  readonly inputs: readonly InputDescription[];
}

type NumberTransform = Extract<FeatureTransform, { type: 'number' }>;
type CategoryTransform = Extract<FeatureTransform, { type: 'category' }>;

/**
 * Puts the preprocessing into the graph, so that the file takes what the table holds: one float tensor `[batch, features]`
 * where all columns are numbers; one input `[batch, 1]` per column where some are categories; raw pixels, 0 to 255, for images.
 */
export function addPreprocessing(graph: GraphBuilder, preprocessing: Preprocessing): PreparedInput {
  const { features, pixels, inputShape } = preprocessing;
  if (pixels !== null) return addPixels(graph, pixels, inputShape);
  if (features.every((feature) => feature.type === 'number')) return addNumbers(graph, features);
  return addColumns(graph, features);
}

/** x = (byte − offset[c]) · scale[c]. */
function addPixels(
  graph: GraphBuilder,
  { offset, scale }: NonNullable<Preprocessing['pixels']>,
  shape: Preprocessing['inputShape'],
): PreparedInput {
  const name = graph.input('image', 'float', shape, 'Raw pixels, 0 to 255');
  const pixelsPerChannel = sizeOf(shape) / offset.length;
  // Flat images name no channel, so each pixel gets its own copy; one channel serves every pixel by broadcasting.
  const perChannel = shape.length > 1 ? [offset.length, ...shape.slice(1).map(() => 1)] : null;
  const spread = (values: readonly number[]): Float32Array =>
    perChannel !== null || values.length === 1
      ? Float32Array.from(values)
      : Float32Array.from({ length: sizeOf(shape) }, (_, i) => values[Math.floor(i / pixelsPerChannel)]!);
  const constant = (wanted: string, values: readonly number[]): string => {
    const numbers = spread(values);
    return graph.constant(wanted, perChannel ?? [numbers.length], numbers);
  };
  const shifted = graph.add('Sub', 'scaling/shifted', [name, constant('scaling/offset', offset)]);
  const x = graph.add('Mul', 'scaling/x', [shifted, constant('scaling/scale', scale)]);
  return { x, inputs: [{ name, type: 'image', columns: [] }] };
}

function addNumbers(graph: GraphBuilder, features: readonly NumberTransform[]): PreparedInput {
  const columns = features.map((feature) => feature.column);
  const name = graph.input('features', 'float', [features.length], 'One raw number per column; NaN for a hole');
  return { x: addScaling(graph, name, features), inputs: [{ name, type: 'number', columns }] };
}

function addColumns(graph: GraphBuilder, features: readonly FeatureTransform[]): PreparedInput {
  const inputs: InputDescription[] = [];
  const made: string[] = [];
  for (const feature of features) {
    const isNumber = feature.type === 'number';
    const meaning = isNumber
      ? 'Raw numbers; NaN for a hole'
      : 'One of the known categories; any other counts as a hole';
    const name = graph.input(feature.column, isNumber ? 'float' : 'string', [1], meaning);
    inputs.push({ name, type: feature.type, columns: [feature.column] });
    if (isNumber) made.push(addScaling(graph, name, [feature]));
    else if (feature.categories.length > 0) made.push(addOneHot(graph, name, feature));
  }
  return { x: graph.add('Concat', 'scaling/x', made, { axis: 1 }), inputs };
}

/**
 * x = (value − offset) · scale, with `fill` for a hole. In float64, because in float32 a year less its mean keeps no more than
 * four digits; only the result is narrowed.
 */
function addScaling(graph: GraphBuilder, name: string, features: readonly NumberTransform[]): string {
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
 * One input per category: 1 where the text equals it. Counting one-word phrases is the standard operator that takes text;
 * Equal does so only from opset 19 on, and the machine-learning domain's OneHotEncoder has no shape inference in older checkers.
 */
function addOneHot(graph: GraphBuilder, name: string, { categories }: CategoryTransform): string {
  return graph.add('TfIdfVectorizer', 'scaling/one-hot', [name], {
    mode: 'TF',
    min_gram_length: 1,
    max_gram_length: 1,
    max_skip_count: 0,
    ngram_counts: [0],
    ngram_indexes: categories.map((_, index) => index),
    pool_strings: categories,
  });
}
