import type { ActivationKind, LayerSpec } from '../../src-worker/experiment/document';
import { lossFor } from '../../src-worker/experiment/defaults';
import { parseExperiment } from '../../src-worker/experiment/parse';
import { layers as layerKinds, type LayerDefinition } from '../../src-worker/layers';
import { ProblemError } from '../../src-worker/problem';
import { resolveNetwork } from '../../src-worker/shape';
import { sizeOf, type FloatArray, type Shape } from '../../src-worker/tensor';
import { paddingOf, stayingInside, type ForeignWindow } from './foreign-window';
import { channelsLastOrder, pick } from './rearrange';
import type { DescribedLayer, ImportedNetwork } from './read-model';
import { Unsupported, type Operation } from './unsupported';

/** A layer on its way: its card, and its arrays in the order of the registry. */
interface Entry {
  spec: LayerSpec;
  arrays: FloatArray[];
  readonly at: Operation;
  readonly outputShape: Shape;
}

/** γ, β and the running mean and variance of each feature or channel. */
export interface Normalisation {
  readonly gamma: FloatArray;
  readonly beta: FloatArray;
  readonly mean: FloatArray;
  readonly variance: FloatArray;
  readonly epsilon: number;
  readonly decay: number;
}

/** Functions that keep the order of numbers, so that it is the same whether the largest is taken before or after. */
const RISING: ReadonlySet<ActivationKind> = new Set(['sigmoid', 'tanh', 'relu', 'leaky-relu', 'elu']);

/** What any model may hold, however small its file. */
const LEAST_NUMBERS = 1_000_000;

const INITIALIZER = { kind: 'he-normal' } as const;

/**
 * Makes a network out of the operations of a foreign model, in the order of the data. Shapes are without the batch and, like arrays, in the
 * app's own order: `[channels, height, width]`, W `[units, inputs]` and `[filters, channels, height, width]`.
 * Every method throws {@link Unsupported} for what the app has no layer for.
 */
export class NetworkAssembler {
  readonly notes: string[] = [];
  readonly described: DescribedLayer[] = [];
  private readonly entries: Entry[] = [];
  /** Where the numbers of a row lie in the file's own order, while that is another than ours. */
  private order: Uint32Array | null = null;

  inputShape: Shape;
  /** Numbers that the layers may still hold: the same array may stand in a file once and be used by thousands of layers. */
  private numbersLeft: number;

  /** @param fileBytes bounds what is made of the file */
  constructor(inputShape: Shape, fileBytes: number) {
    this.inputShape = inputShape;
    this.numbersLeft = Math.max(LEAST_NUMBERS, 2 * fileBytes);
  }

  get shape(): Shape {
    return this.entries.at(-1)?.outputShape ?? this.inputShape;
  }

  dense(at: Operation, W: FloatArray, b: FloatArray | null, units: number): void {
    const inputs = sizeOf(this.shape);
    if (units < 1) throw new Unsupported(at, 'has no units', 'at least one');
    if (this.shape.length !== 1)
      throw new Unsupported(at, `takes an image of ${this.shape.join(' × ')}`, 'it behind a flatten layer');
    if (W.length !== units * inputs)
      throw new Unsupported(
        at,
        `has ${W.length} weights for ${inputs} inputs and ${units} units`,
        'one weight for each of both',
      );
    checkBias(at, b, units);
    const order = this.order;
    this.order = null;
    const ordered = order === null ? W : permuteColumns(W, units, order);
    this.push(at, { kind: 'dense', units, activation: 'identity', initializer: INITIALIZER }, [
      ordered,
      b ?? zeros(W, units),
    ]);
  }

  conv2d(at: Operation, W: FloatArray, b: FloatArray | null, filters: number, window: ForeignWindow): void {
    const { kernel, stride } = window;
    const padding = paddingOf(at, this.shape, window);
    const channels = this.shape[0]!;
    if (W.length !== filters * channels * kernel[0] * kernel[1])
      throw new Unsupported(
        at,
        `has ${W.length} weights for ${filters} filters over ${channels} channels`,
        'filters over all channels, without groups',
      );
    checkBias(at, b, filters);
    const spec: LayerSpec = {
      kind: 'conv2d',
      filters,
      kernel,
      stride,
      padding,
      activation: 'identity',
      initializer: INITIALIZER,
    };
    this.push(at, spec, [W, b ?? zeros(W, filters)]);
  }

  pool(at: Operation, kind: 'max-pool2d' | 'avg-pool2d', window: ForeignWindow): void {
    stayingInside(at, this.shape, window);
    this.push(at, { kind, size: window.kernel, stride: window.stride }, []);
  }

  /** The mean of each channel over all its pixels: an image of one pixel. */
  globalAverage(at: Operation): void {
    const [, height, width] = this.shape;
    if (this.shape.length !== 3) throw new Unsupported(at, 'takes no image', 'it behind a convolution');
    this.push(at, { kind: 'avg-pool2d', size: [height!, width!], stride: [height!, width!] }, []);
  }

  /** Adds to b of the layer before: how formats without a bias in their product write it. */
  addBias(at: Operation, values: FloatArray): void {
    const entry = this.entries.at(-1);
    const b = entry?.arrays[1];
    const fits = b !== undefined && (values.length === b.length || values.length === 1);
    if (entry === undefined || !fits || !('activation' in entry.spec) || entry.spec.activation !== 'identity')
      throw new Unsupported(
        at,
        'does not add a bias to the layer before it',
        'it behind a product or a convolution, one number for each unit',
      );
    entry.arrays[1] = b.map((value, i) => value + values[values.length === 1 ? 0 : i]!);
  }

  /** A row as the image that it was before a flatten layer, or that comes in as a row. */
  unflatten(at: Operation, shape: Shape): void {
    const last = this.entries.at(-1);
    const before = this.entries.at(-2)?.outputShape ?? this.inputShape;
    if (shape.join() === this.shape.join()) return;
    const whole = shape.every((size) => Number.isSafeInteger(size) && size >= 1);
    if (last?.spec.kind === 'flatten' && before.join() === shape.join()) {
      this.entries.pop();
      this.order = null;
    } else if (last === undefined && whole && shape.length === 3 && sizeOf(shape) === sizeOf(this.inputShape)) {
      this.inputShape = shape;
    } else
      throw new Unsupported(
        at,
        `makes [${shape.join(', ')}] of [${this.shape.join(', ')}]`,
        'a row of all numbers, or the image of the input',
      );
  }

  /** @param layout how the file's own row follows from its image */
  flatten(at: Operation, layout: 'channels-first' | 'channels-last'): void {
    if (this.shape.length === 1) return;
    if (layout === 'channels-last') {
      this.spend(at, sizeOf(this.shape));
      this.order = channelsLastOrder(this.shape);
    }
    this.push(at, { kind: 'flatten' }, []);
  }

  batchNorm(at: Operation, { gamma, beta, mean, variance, epsilon, decay }: Normalisation): void {
    const channels = this.shape[0]!;
    const arrays = [gamma, beta, mean, variance];
    if (arrays.some((array) => array.length !== channels))
      throw new Unsupported(at, `does not have one number for each of ${channels} channels`, 'it over the channels');
    const order = this.order;
    const ordered = order === null ? arrays : arrays.map((array) => pick(array, order));
    this.push(at, { kind: 'batch-norm', decay, epsilon }, ordered);
  }

  dropout(at: Operation, rate: number): void {
    if (rate > 0) this.push(at, { kind: 'dropout', rate }, []);
  }

  /** Gives it to the layer that it belongs to; here an activation has no card of its own. */
  activation(at: Operation, kind: ActivationKind): void {
    if (kind === 'identity') return;
    if (kind === 'softmax' && this.shape.length !== 1)
      throw new Unsupported(
        at,
        `goes along the channels of an image of ${this.shape.join(' × ')}`,
        'it over a row of outputs',
      );
    const index = this.entries.findLastIndex(({ spec }) => !this.mayBeSkipped(spec, kind));
    const entry = this.entries[index];
    if (entry !== undefined && 'activation' in entry.spec && entry.spec.activation === 'identity') {
      entry.spec = { ...entry.spec, activation: kind };
      return;
    }
    if (entry?.spec.kind === 'batch-norm' && this.fold(index)) return this.activation(at, kind);
    const before = entry === undefined ? 'the input' : `${entry.at.operator} ${JSON.stringify(entry.at.name)}`;
    throw new Unsupported(
      at,
      `stands behind ${before}, where the app has no place for it`,
      'one activation behind each dense or convolutional layer',
    );
  }

  /** @throws ProblemError where a number is out of the range that the app knows */
  finish(): ImportedNetwork {
    const layers = this.entries.map(({ spec }) => spec);
    const last = { operator: 'The output', name: '' };
    if (layers.length === 0) throw new Unsupported(last, 'is the input itself', 'at least one layer');
    if (this.order !== null)
      throw new Unsupported(last, 'is an image in another order than the app’s', 'a dense layer behind it');
    const document = parseExperiment({
      data: { source: { sample: 'flower' } },
      network: { layers, loss: lossFor(layers) },
    });
    if (!document.ok) throw new ProblemError(document.problems[0]!, ...document.problems.slice(1));
    const spec = document.value.network;
    const resolved = resolveNetwork(spec, this.inputShape);
    const parameters = resolved.flatMap(({ parameters }, index) =>
      parameters.map(({ fullName, shape }, n) => ({ name: fullName, shape, values: this.entries[index]!.arrays[n]! })),
    );
    return { spec, inputShape: this.inputShape, outputs: sizeOf(this.shape), parameters };
  }

  /** Whether an activation in front of the layer gives the same as one behind it. */
  private mayBeSkipped({ kind }: LayerSpec, activation: ActivationKind): boolean {
    return kind === 'flatten' || kind === 'dropout' || (kind === 'max-pool2d' && RISING.has(activation));
  }

  /** W ← W γ / √(σ² + ε), b ← (b − μ) γ / √(σ² + ε) + β, where the layer before has no activation of its own. */
  private fold(index: number): boolean {
    const [before, norm] = [this.entries[index - 1], this.entries[index]!];
    if (norm.spec.kind !== 'batch-norm' || before === undefined) return false;
    if (!('activation' in before.spec) || before.spec.activation !== 'identity') return false;
    const [gamma, beta, mean, variance] = norm.arrays as [FloatArray, FloatArray, FloatArray, FloatArray];
    const [W, b] = before.arrays as [FloatArray, FloatArray];
    const { epsilon } = norm.spec;
    const factors = Float64Array.from(gamma, (g, channel) => g / Math.sqrt(variance[channel]! + epsilon));
    const fan = W.length / b.length;
    before.arrays = [
      W.map((w, i) => w * factors[Math.floor(i / fan)]!),
      b.map((value, i) => (value - mean[i]!) * factors[i]! + beta[i]!),
    ];
    this.entries.splice(index, 1);
    this.notes.push(
      `The batch normalisation ${JSON.stringify(norm.at.name)} is part of the weights of ${JSON.stringify(before.at.name)} now: an activation follows it, which here belongs to the layer. Answers are the same.`,
    );
    return true;
  }

  private spend(at: Operation, numbers: number): void {
    this.numbersLeft -= numbers;
    if (!(this.numbersLeft >= 0))
      throw new Unsupported(
        at,
        'brings the network beyond what the file can hold',
        'weights that each belong to one layer',
      );
  }

  private push(at: Operation, spec: LayerSpec, arrays: FloatArray[]): void {
    const definition: LayerDefinition = layerKinds[spec.kind];
    const place = { layer: spec, name: at.name || at.operator, path: 'network', inputShape: this.shape };
    const output = definition.outputShape(place);
    if (!output.ok) {
      const [{ message, hint }] = output.problems as [(typeof output.problems)[0]];
      throw new Unsupported(at, `does not fit: ${message.replace(/\.$/, '')}`, hint.replace(/\.$/, ''));
    }
    const parameters = arrays.reduce((sum, array) => sum + array.length, 0);
    this.spend(at, parameters);
    this.entries.push({ spec, arrays, at, outputShape: output.value });
    // The place alone: readers hand over more of the node, its weights too.
    const { operator, name } = at;
    this.described.push({ operator, name, outputShape: output.value, parameters });
  }
}

function checkBias(at: Operation, b: FloatArray | null, units: number): void {
  if (b !== null && b.length !== units)
    throw new Unsupported(at, `has ${b.length} biases for ${units} units`, 'one for each unit');
}

function zeros(like: FloatArray, length: number): FloatArray {
  return like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}

function permuteColumns(W: FloatArray, rows: number, order: Uint32Array): FloatArray {
  const result = W.slice();
  for (let row = 0; row < rows; row++) {
    const start = row * order.length;
    for (let i = 0; i < order.length; i++) result[start + i] = W[start + order[i]!]!;
  }
  return result;
}
