import { sizeOf } from '../../tensor';
import { activate, activationSteps, type ElementwiseSteps } from './activations';
import { derivedLine, type LayerContext } from './context';
import {
  entry,
  entryLatex,
  latexOf,
  number,
  term,
  times,
  type Library,
  type Line,
  type Operand,
  type Piece,
  type Term,
} from './step';

/** ∂L/∂a of a layer, before it is taken back through the activation. */
export interface Upstream {
  readonly pieces: readonly Piece[];
  readonly formula?: string;
  terms(index: number): readonly Term[];
  code(library: Library): string;
  /** Put before: what it is worked out from. */
  readonly lines?: readonly Line[];
  /** What each example counts for, which the engine multiplies in at the end. */
  readonly weight?: Operand | null;
}

/** a = g(z). Softmax shows its exponentials and their sum, Index notes (26). */
export function activationLines(layer: LayerContext): Line[] {
  const kind = layer.layer.activation!;
  const [z, a] = [layer.z, layer.output()];
  const steps = activationSteps[kind];
  if (steps === null) return softmaxLines(layer);
  return [
    {
      result: a,
      right: wrapped(steps.of('\u0000'), z),
      explain: (i) => [term(number(steps.of(entryLatex(z, i)), activate(kind, z.values[i]!)))],
      code: (library) => `${a.name} = ${steps.code(library, z.name)}`,
    },
  ];
}

/** g′ with a table of what it is worked out from: a where it can be, else z; nothing for a constant. */
function slopePieces(steps: ElementwiseSteps, z: Operand, a: Operand): Piece[] {
  const usesA = steps.derivative('z', '\u0000').includes('\u0000');
  const usesZ = steps.derivative('\u0000', 'a').includes('\u0000');
  if (!usesA && !usesZ) return [steps.derivative('z', 'a')];
  return wrapped(steps.derivative('\u0000', '\u0000'), usesA ? a : z);
}

/** `g(·)` around an operand, as pieces. */
function wrapped(pattern: string, operand: Operand): Piece[] {
  const parts = pattern.split('\u0000');
  // Several mentions, as in max(z, 0.01 z), read better with letters than with the same table twice.
  if (parts.length > 2) return [`${parts[0]}`, operand, parts.slice(1).join(latexOf(operand))];
  return [parts[0]!, operand, parts[1]!].filter((piece) => piece !== '');
}

function softmaxLines(layer: LayerContext): Line[] {
  const [z, a] = [layer.z, layer.output()];
  const { number: n, context } = layer;
  const columns = sizeOf(a.shape.slice(1));
  const flat = `${z.name}.reshape(len(x), -1)`;
  const largest = Float64Array.from({ length: context.m }, (_, i) => {
    const row = Array.from({ length: columns }, (_, k) => z.values[i * columns + k]!);
    return Math.max(...row);
  });
  const e = derivedLine(
    { name: `e${n}`, symbol: 'e', sup: layer.sup, shape: [context.m, columns], layout: 'columns' },
    {
      right: ['\\exp\\bigl(', z, `- \\max_c z^{${layer.sup}}_c\\bigr)`],
      explain: (i) => {
        const max = largest[Math.floor(i / columns)]!;
        return [term(number(`\\exp(${entryLatex(z, i)} - ${formatPlain(max)})`, Math.exp(z.values[i]! - max)))];
      },
      code: (library) =>
        library === 'np'
          ? `e${n} = np.exp(${flat} - ${flat}.max(1, keepdims=True))`
          : `e${n} = torch.exp(${flat} - ${flat}.max(1, keepdim=True).values)`,
    },
  );
  const sum = derivedLine(
    { name: `S${n}`, symbol: 'S', sup: layer.sup, shape: [context.m], layout: 'row' },
    {
      right: [`\\textstyle\\sum_c e^{${layer.sup}}_c`],
      explain: (i) => Array.from({ length: columns }, (_, c) => term(entry(e.result, i * columns + c))),
      code: () => `S${n} = e${n}.sum(1)`,
    },
  );
  return [
    e,
    sum,
    {
      result: a,
      right: [e.result, '/', sum.result],
      explain: (i) => {
        const row = Math.floor(i / columns);
        const S = sum.result.values[row]!;
        return [
          term(entry(e.result, i), {
            ...entry(sum.result, row),
            label: `\\tfrac{1}{${entryLatex(sum.result, row)}}`,
            value: 1 / S,
          }),
        ];
      },
      code: () => `${a.name} = (e${n} / S${n}[:, None]).reshape(${z.name}.shape)`,
    },
  ];
}

/**
 * delta = ∂L/∂a ∘ g′(z), or through the whole Jacobian for softmax, Index notes (34).
 * @param straight whether what comes back is ∂L/∂z already
 */
export function deltaLines(layer: LayerContext, upstream: Upstream, flat: boolean, straight = false): Line[] {
  const { activation } = layer.layer;
  const delta = layer.delta(flat);
  const weight = upstream.weight ?? null;
  const size = sizeOf(delta.shape.slice(1));
  const weighted = (terms: readonly Term[], index: number): readonly Term[] =>
    weight === null ? terms : times(terms, entry(weight, Math.floor(index / size)));
  const weightPieces: Piece[] = weight === null ? [] : ['\\circ', weight];
  const weightCode = weight === null ? '' : ` * ${reshaped(weight.name, delta)}`;
  const before = upstream.lines ?? [];
  const plain = straight || activation === null || activation === 'identity';
  if (plain) {
    return [
      ...before,
      {
        result: delta,
        right: weight === null ? upstream.pieces : ['(', ...upstream.pieces, ')', ...weightPieces],
        ...(upstream.formula === undefined ? {} : { formula: upstream.formula }),
        explain: (i) => weighted(upstream.terms(i), i),
        code: (library) => `${delta.name} = (${upstream.code(library)}).reshape(${layer.z.name}.shape)${weightCode}`,
      },
    ];
  }
  const steps = activationSteps[activation];
  if (steps === null) return [...before, ...softmaxDelta(layer, upstream, weighted, weightPieces, weightCode)];
  const [z, a] = [layer.z, layer.output()];
  const slope = derivedLine(
    { ...delta, name: `g${layer.number}`, symbol: `g'\\bigl(z^{${layer.sup}}\\bigr)`, sup: '' },
    {
      right: slopePieces(steps, z, a),
      explain: (i) => steps.slope(z, a, i),
      code: (library) => `g${layer.number} = ${steps.slopeCode(library, z.name, a.name)}`,
    },
  );
  const several = upstream.pieces.includes('-') || upstream.pieces.includes('+');
  return [
    ...before,
    slope,
    {
      result: delta,
      right: [...(several ? ['(', ...upstream.pieces, ')'] : upstream.pieces), '\\circ', slope.result, ...weightPieces],
      ...(upstream.formula === undefined ? {} : { formula: upstream.formula }),
      explain: (i) => weighted(times(upstream.terms(i), entry(slope.result, i)), i),
      code: (library) =>
        `${delta.name} = (${upstream.code(library)}).reshape(${z.name}.shape) * ${slope.result.name}${weightCode}`,
    },
  ];
}

/** A number per example beside an array of the batch. */
function reshaped(name: string, beside: Operand): string {
  return `${name}.reshape(${['-1', ...beside.shape.slice(1).map(() => '1')].join(', ')})`;
}

function softmaxDelta(
  layer: LayerContext,
  upstream: Upstream,
  weighted: (terms: readonly Term[], index: number) => readonly Term[],
  weightPieces: readonly Piece[],
  weightCode: string,
): Line[] {
  const { number: n, context } = layer;
  const [a, delta] = [layer.output(true), layer.delta(true)];
  const columns = sizeOf(a.shape.slice(1));
  const da = derivedLine(
    { name: `da${n}`, symbol: 'da', sup: layer.sup, shape: [context.m, columns], layout: 'columns' },
    {
      right: upstream.pieces,
      ...(upstream.formula === undefined ? {} : { formula: upstream.formula }),
      explain: (i) => upstream.terms(i),
      code: (library) => `da${n} = (${upstream.code(library)}).reshape(len(x), -1)`,
    },
  );
  const mean = derivedLine(
    { name: `s${n}`, symbol: 's', sup: layer.sup, shape: [context.m], layout: 'row' },
    {
      right: [`\\textstyle\\sum_c da^{${layer.sup}}_c\\, a^{${layer.sup}}_c`],
      explain: (i) =>
        Array.from({ length: columns }, (_, c) => term(entry(da.result, i * columns + c), entry(a, i * columns + c))),
      code: () => `s${n} = (da${n} * ${a.name}.reshape(len(x), -1)).sum(1)`,
    },
  );
  return [
    da,
    mean,
    {
      result: delta,
      right: [a, '\\circ (', da.result, '-', mean.result, ')', ...weightPieces],
      explain: (i) =>
        weighted(
          [
            term(entry(a, i), entry(da.result, i)),
            term(number('-1', -1), entry(a, i), entry(mean.result, Math.floor(i / columns))),
          ],
          i,
        ),
      code: () =>
        `${delta.name} = (${a.name}.reshape(len(x), -1) * (da${n} - s${n}[:, None])).reshape(${a.name}.shape)${weightCode}`,
    },
  ];
}

const formatPlain = (value: number): string => String(Number(value.toPrecision(4)));
