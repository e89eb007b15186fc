import { sizeOf, type NamedTensor, type Shape } from '../../tensor';
import type { StepTrace, TracedLayer } from '../step-types';
import { number, sumOf, type Factor, type Line, type Operand, type Term } from './step';

/** A trace with its arrays at hand, as equations name them. */
export class TraceContext {
  readonly trace: StepTrace;
  /** Examples of the batch. */
  readonly m: number;
  private readonly tensors: ReadonlyMap<string, NamedTensor>;
  private readonly after: ReadonlyMap<string, NamedTensor>;

  constructor(trace: StepTrace) {
    this.trace = trace;
    this.m = trace.indices.length;
    const named = (list: readonly NamedTensor[]) => list.map((tensor) => [tensor.name, tensor] as const);
    this.tensors = new Map([...named(trace.tensors), ...named(trace.inner), ...named(trace.state)]);
    this.after = new Map(named(trace.after));
  }

  tensor(name: string): NamedTensor {
    const found = this.tensors.get(name);
    if (found === undefined) throw new RangeError(`the trace has no array ${name}`);
    return found;
  }

  /** A parameter or an array of the optimizer behind the update. */
  updated(name: string): NamedTensor {
    const found = this.after.get(name);
    if (found === undefined) throw new RangeError(`the trace has no updated array ${name}`);
    return found;
  }

  layer(index: number): LayerContext {
    return new LayerContext(this, index);
  }

  get layers(): LayerContext[] {
    return this.trace.layers.map((_, index) => this.layer(index));
  }

  /** 1/m, which every gradient of the cost has. */
  get share(): Factor {
    return number(`\\tfrac{1}{${this.m}}`, 1 / this.m);
  }
}

/** A layer of the trace in its place: what comes in, what goes out, what comes back. */
export class LayerContext {
  readonly context: TraceContext;
  readonly index: number;
  readonly layer: TracedLayer;

  constructor(context: TraceContext, index: number) {
    this.context = context;
    this.index = index;
    this.layer = context.trace.layers[index]!;
  }

  get number(): number {
    return this.layer.number;
  }

  get sup(): string {
    return `[${this.layer.number}]`;
  }

  get last(): boolean {
    return this.index === this.context.trace.layers.length - 1;
  }

  get before(): LayerContext | null {
    return this.index === 0 ? null : this.context.layer(this.index - 1);
  }

  /** What comes in: x, or a of the layer before. Dense layers see it flattened. */
  get input(): Operand {
    const flat = this.layer.spec.kind === 'dense';
    const { before } = this;
    if (before !== null) return before.output(flat);
    return batch('x', 'x', '', this.context.tensor('x'), flat);
  }

  /** a, which is ŷ for the last layer. */
  output(flat = false): Operand {
    const tensor = this.context.tensor(`a${this.number}`);
    return this.last
      ? batch(tensor.name, '\\hat{y}', '', tensor, flat)
      : batch(tensor.name, 'a', this.sup, tensor, flat);
  }

  /** z, or a where the layer has no activation. */
  get z(): Operand {
    if (this.layer.activation === null) return this.output();
    return batch(`z${this.number}`, 'z', this.sup, this.context.tensor(`z${this.number}`));
  }

  /** ∂L/∂z, or ∂L/∂a where the layer has no activation. */
  delta(flat = false): Operand {
    const name = this.layer.activation === null ? `da${this.number}` : `delta${this.number}`;
    const symbol = this.layer.activation === null ? 'da' : '\\delta';
    return batch(name, symbol, this.sup, this.context.tensor(name), flat);
  }

  parameter(name: string): Operand {
    const { shape, values } = this.context.tensor(`${name}${this.number}`);
    const symbol = SYMBOLS[name] ?? name;
    return { name: `${name}${this.number}`, symbol, sup: this.sup, values, shape, layout: layoutOf(shape) };
  }

  gradient(name: string): Operand {
    const { shape, values } = this.context.tensor(`d${name}${this.number}`);
    const symbol = `d${SYMBOLS[name] ?? name}`;
    return { name: `d${name}${this.number}`, symbol, sup: this.sup, values, shape, layout: layoutOf(shape) };
  }
}

const SYMBOLS: Readonly<Record<string, string>> = {
  gamma: '\\gamma',
  beta: '\\beta',
  mean: '\\bar{\\mu}',
  variance: '{\\bar{\\sigma}^2}',
};

function layoutOf(shape: Shape): Operand['layout'] {
  return shape.length === 1 ? 'vector' : shape.length === 2 ? 'matrix' : 'planes';
}

/** An array with one row per example. */
export function batch(
  name: string,
  symbol: string,
  sup: string,
  tensor: Pick<NamedTensor, 'shape' | 'values'>,
  flat = false,
): Operand {
  const { shape, values } = tensor;
  const image = shape.length === 4 && !flat;
  return {
    ...{ name, symbol, sup, values },
    shape: image ? shape : [shape[0]!, sizeOf(shape.slice(1))],
    layout: image ? 'planes' : 'columns',
  };
}

/** An array that is worked out here, entry by entry, as the sums that explain it. */
export function workOut(like: Omit<Operand, 'values'>, explain: (index: number) => readonly Term[]): Operand {
  return { ...like, values: Float64Array.from({ length: sizeOf(like.shape) }, (_, i) => sumOf(explain(i))) };
}

/** A line whose result is worked out from its own terms. */
export function derivedLine(like: Omit<Operand, 'values'>, rest: Omit<Line, 'result'>): Line {
  return { ...rest, result: workOut(like, rest.explain) };
}

export function scalar(name: string, symbol: string, sup = ''): Omit<Operand, 'values'> {
  return { name, symbol, sup, shape: [], layout: 'scalar' };
}

/** A number in a program: every digit of it. */
export function literal(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}
