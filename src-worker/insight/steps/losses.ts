import { sizeOf } from '../../tensor';
import type { LossKind } from '../../experiment/document';
import type { Upstream } from './activation-lines';
import { batch, derivedLine, type LayerContext, type TraceContext } from './context';
import {
  entry,
  entryLatex,
  number,
  term,
  times,
  type Library,
  type Line,
  type Operand,
  type Piece,
  type Term,
} from './step';

/** How a loss is written for each example, and what it hands back. */
export interface LossSteps {
  readonly source: string;
  readonly deltaSource: string;
  /** Right-hand side of L of an example. */
  right(yHat: Operand, y: Operand): readonly Piece[];
  /** Of output k of one example; `place` is its index in memory. */
  terms(output: LayerContext, y: Operand, place: number): readonly Term[];
  code(library: Library, output: LayerContext): string;
  /** Whether delta is ŷ − y at once; else that is ∂L/∂ŷ, to be taken back through g. */
  readonly straight: boolean;
}

const softplus = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/** Every loss. */
export const lossSteps: { readonly [K in LossKind]: LossSteps } = {
  squared: {
    source: 'CS229 notes, backpropagation §1',
    deltaSource: 'CS229 notes, backpropagation step 1',
    right: (yHat, y) => ['\\tfrac{1}{2} \\textstyle\\sum_k \\bigl(', yHat, '-', y, '\\bigr)^2'],
    terms(output, y, i) {
      const yHat = output.output(true);
      const off = number(`(${entryLatex(yHat, i)} - ${entryLatex(y, i)})`, yHat.values[i]! - y.values[i]!);
      return [term(number('\\tfrac{1}{2}', 0.5), off, off)];
    },
    code: (_, output) => `((${output.output().name}.reshape(len(x), -1) - y) ** 2).sum(1) / 2`,
    straight: false,
  },
  logistic: {
    source: 'Index notes (5), CS229 notes (3.9)',
    deltaSource: 'CS229 notes (3.21), Theta notes',
    right: (yHat, y) => [
      '-\\textstyle\\sum_k \\Bigl(',
      y,
      '\\circ \\log',
      yHat,
      `+ (1 - y) \\circ \\log(1 - \\hat{y}) \\Bigr)`,
    ],
    terms(output, y, i) {
      // Logarithms from z: those of a saturated ŷ would be infinite.
      const [z, yHat] = [output.z.values[i]!, entryLatex(output.output(true), i)];
      return [
        term(number('-1', -1), entry(y, i), number(`\\log ${yHat}`, z - softplus(z))),
        term(
          number('-1', -1),
          number(`(1 - ${entryLatex(y, i)})`, 1 - y.values[i]!),
          number(`\\log(1 - ${yHat})`, -softplus(z)),
        ),
      ];
    },
    code: (library, output) => {
      const z = output.z.name;
      return library === 'np'
        ? `(np.logaddexp(0, ${z}) - y * ${z}).sum(1)`
        : `(F.softplus(${z}, threshold=50) - y * ${z}).sum(1)`;
    },
    straight: true,
  },
  'cross-entropy': {
    source: 'Index notes (27)',
    deltaSource: 'Index notes (36)',
    right: (yHat, y) => ['-\\textstyle\\sum_k', y, '\\circ \\log', yHat],
    terms(output, y, i) {
      const z = output.z.values;
      const columns = sizeOf(output.z.shape.slice(1));
      const first = i - (i % columns);
      const row = Array.from({ length: columns }, (_, k) => z[first + k]!);
      const max = Math.max(...row);
      const logSum = Math.log(row.reduce((sum, each) => sum + Math.exp(each - max), 0));
      const log = number(`\\log ${entryLatex(output.output(true), i)}`, z[i]! - max - logSum);
      return [term(number('-1', -1), entry(y, i), log)];
    },
    code: (library, output) => `-(y * ${library}.log(${output.output().name})).sum(1)`,
    straight: true,
  },
};

export function targets(context: TraceContext): Operand {
  return batch('y', 'y', '', context.tensor('y'), true);
}

/** What each example counts for, `[m]`; null where all count alike. */
export function exampleWeights({ trace, m }: TraceContext): Operand | null {
  if (trace.weights === null) return null;
  return { name: 'w', symbol: 'w', sup: '', values: trace.weights, shape: [m], layout: 'row' };
}

/** L of each example, their mean, and with L1 and L2 the cost J. */
export function costLines(context: TraceContext): Line[] {
  const { trace, m, share } = context;
  const output = context.layer(trace.layers.length - 1);
  const loss = lossSteps[trace.lossKind];
  const y = targets(context);
  const weights = exampleWeights(context);
  const columns = y.shape[1]!;
  const each = derivedLine(
    { name: 'L', symbol: '\\mathcal{L}', sup: '', shape: [m], layout: 'row' },
    {
      right: loss.right(output.output(true), y),
      explain: (row) => Array.from({ length: columns }, (_, k) => loss.terms(output, y, row * columns + k)).flat(),
      code: (library) => `L = ${loss.code(library, output)}`,
    },
  );
  const tensor = context.tensor('loss');
  const mean: Line = {
    result: {
      name: 'loss',
      symbol: trace.l1 + trace.l2 > 0 ? 'J_0' : 'J',
      sup: '',
      values: tensor.values,
      shape: [],
      layout: 'scalar',
    },
    right: [share.label, '\\textstyle\\sum_i', ...(weights === null ? [] : [weights, '\\circ']), each.result],
    explain: () =>
      Array.from({ length: m }, (_, i) =>
        term(share, ...(weights === null ? [] : [entry(weights, i)]), entry(each.result, i)),
      ),
    code: () => (weights === null ? 'loss = L.sum() / len(x)' : 'loss = (w * L).sum() / len(x)'),
  };
  return [each, mean, ...penaltyLines(context, mean)];
}

/** J with λ/2 ΣW² and λ₁ Σ|W|. CS229 notes (3.34), with tr(Wᵀ W) = Σ W². */
function penaltyLines({ trace: { l1, l2 }, layers }: TraceContext, mean: Line): Line[] {
  if (l1 + l2 === 0) return [];
  const regularised = layers.flatMap((layer) =>
    layer.layer.parameters.filter((parameter) => parameter.regularised).map(({ name }) => layer.parameter(name)),
  );
  const places = (W: Operand): number[] => Array.from({ length: W.values.length }, (_, i) => i);
  const squares = (l2 === 0 ? [] : regularised).map((W) =>
    derivedLine(
      {
        name: `sq_${W.name}`,
        symbol: `\\textstyle\\sum (${W.symbol}^{${W.sup}})^2`,
        sup: '',
        shape: [],
        layout: 'scalar',
      },
      {
        right: [`\\operatorname{tr}\\bigl(W^{${W.sup}\\top} W^{${W.sup}}\\bigr)`, W],
        explain: () => places(W).map((i) => term(entry(W, i), entry(W, i))),
        code: () => `sq_${W.name} = (${W.name} ** 2).sum()`,
      },
    ),
  );
  const sizes = (l1 === 0 ? [] : regularised).map((W) =>
    derivedLine(
      {
        name: `abs_${W.name}`,
        symbol: `\\textstyle\\sum |${W.symbol}^{${W.sup}}|`,
        sup: '',
        shape: [],
        layout: 'scalar',
      },
      {
        right: ['\\textstyle\\sum \\bigl|', W, '\\bigr|'],
        explain: () => places(W).map((i) => term(number(`|${entryLatex(W, i)}|`, Math.abs(W.values[i]!)))),
        code: () => `abs_${W.name} = abs(${W.name}).sum()`,
      },
    ),
  );
  const cost = derivedLine(
    { name: 'J', symbol: 'J', sup: '', shape: [], layout: 'scalar' },
    {
      right: [
        mean.result,
        ...squares.flatMap(({ result }) => ['+ \\tfrac{\\lambda}{2}', result]),
        ...sizes.flatMap(({ result }) => ['+ \\lambda_1', result]),
      ],
      explain: () => [
        term(entry(mean.result, 0)),
        ...squares.map(({ result }) => term(number('\\tfrac{\\lambda}{2}', l2 / 2), entry(result, 0))),
        ...sizes.map(({ result }) => term(number('\\lambda_1', l1), entry(result, 0))),
      ],
      code: () =>
        `J = ${['loss', ...squares.map(({ result }) => `${l2 / 2} * ${result.name}`), ...sizes.map(({ result }) => `${l1} * ${result.name}`)].join(' + ')}`,
    },
  );
  return [...squares, ...sizes, cost];
}

/** What the loss hands back: ŷ − y, as delta itself or as ∂L/∂ŷ. */
export function lossUpstream(output: LayerContext): Upstream {
  const { context } = output;
  const [yHat, y] = [output.output(true), targets(context)];
  return {
    pieces: [yHat, '-', y],
    terms: (i) => [term(entry(yHat, i)), ...times([term(entry(y, i))], number('-1', -1))],
    code: () => `${yHat.name}.reshape(len(x), -1) - y`,
    weight: exampleWeights(context),
  };
}
