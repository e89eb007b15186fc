import { sizeOf } from '../../../tensor';
import { literal, type LayerContext } from '../context';
import { entry, number, term, type Operand } from '../step';
import type { LayerSteps } from './layer-steps';

/** How many numbers go in and come out. */
const sizes = (layer: LayerContext): { inputs: number; units: number } => ({
  inputs: sizeOf(layer.layer.inputShape),
  units: sizeOf(layer.layer.outputShape),
});

const rowsOf = (operand: Operand): string => `${operand.name}.reshape(len(x), -1)`;
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Θ = [b W], `[units, inputs + 1]`: the bias is the weight of a unit 0 that always says 1. Index notes (1), (2). */
function theta(layer: LayerContext): Operand {
  const { inputs, units } = sizes(layer);
  const [W, b] = [layer.parameter('W'), layer.parameter('b')];
  const values = Float64Array.from({ length: units * (inputs + 1) }, (_, i) => {
    const [j, k] = [Math.floor(i / (inputs + 1)), i % (inputs + 1)];
    return k === 0 ? b.values[j]! : W.values[j * inputs + k - 1]!;
  });
  const shape = [units, inputs + 1];
  return { name: `Theta${layer.number}`, symbol: '\\Theta', sup: layer.sup, values, shape, layout: 'matrix' };
}

/** The input with a 1 in front. */
function withUnit(layer: LayerContext): Operand {
  const { inputs } = sizes(layer);
  const { input, context } = layer;
  const values = Float64Array.from({ length: context.m * (inputs + 1) }, (_, i) => {
    const [row, k] = [Math.floor(i / (inputs + 1)), i % (inputs + 1)];
    return k === 0 ? 1 : input.values[row * inputs + k - 1]!;
  });
  return {
    ...input,
    name: `${input.name}_0`,
    symbol: `\\tilde{${input.symbol}}`,
    values,
    shape: [context.m, inputs + 1],
    layout: 'columns',
  };
}

/** Dense layers, CS229 notes backpropagation §1 and §2. */
export const dense: LayerSteps = {
  forwardTitle: 'Each unit weighs its inputs and adds its bias',
  sources: {
    forward: 'CS229 notes, backpropagation §1; DL notes, vectorized',
    back: 'CS229 notes, backpropagation step 2, (3.30); Index notes (9)',
    gradient: 'CS229 notes, backpropagation step 3; DL notes, summary of gradient descent',
  },

  forward(layer) {
    const { inputs, units } = sizes(layer);
    const [W, b, input, z] = [layer.parameter('W'), layer.parameter('b'), layer.input, layer.z];
    return [
      {
        result: z,
        right: [W, '\\cdot', input, '+', b],
        explain(i) {
          const [row, unit] = [Math.floor(i / units), i % units];
          const products = range(inputs).map((k) => term(entry(W, unit * inputs + k), entry(input, row * inputs + k)));
          return [...products, term(entry(b, unit))];
        },
        code: () => `${z.name} = ${rowsOf(input)} @ ${W.name}.T + ${b.name}`,
      },
    ];
  },

  inputGradient(layer) {
    const { inputs, units } = sizes(layer);
    const [W, delta] = [layer.parameter('W'), layer.delta()];
    return {
      pieces: [{ ...W, transposed: true }, '\\cdot', delta],
      terms(i) {
        const [row, k] = [Math.floor(i / inputs), i % inputs];
        return range(units).map((j) => term(entry(W, j * inputs + k), entry(delta, row * units + j)));
      },
      code: () => `${delta.name} @ ${W.name}`,
    };
  },

  gradients(layer) {
    const { inputs, units } = sizes(layer);
    const { input, context } = layer;
    const delta = layer.delta();
    const { m, share } = context;
    return [
      {
        name: 'W',
        right: [share.label, delta, '\\cdot', { ...input, transposed: true }],
        terms(i) {
          const [j, k] = [Math.floor(i / inputs), i % inputs];
          return range(m).map((row) => term(share, entry(delta, row * units + j), entry(input, row * inputs + k)));
        },
        code: () => `${delta.name}.T @ ${rowsOf(input)} / len(x)`,
      },
      {
        name: 'b',
        right: [share.label, '\\textstyle\\sum_i', delta],
        terms: (j) => range(m).map((row) => term(share, entry(delta, row * units + j))),
        code: () => `${delta.name}.sum(0) / len(x)`,
      },
    ];
  },

  theta: {
    forward(layer) {
      const { inputs, units } = sizes(layer);
      const [Theta, input, z] = [theta(layer), withUnit(layer), layer.z];
      return [
        {
          result: z,
          right: [Theta, '\\cdot', input],
          explain(i) {
            const [row, unit] = [Math.floor(i / units), i % units];
            return range(inputs + 1).map((k) =>
              term(entry(Theta, unit * (inputs + 1) + k), entry(input, row * (inputs + 1) + k)),
            );
          },
          code: (library) => dense.forward(layer)[0]!.code(library),
        },
      ];
    },

    inputGradient(layer) {
      const { inputs, units } = sizes(layer);
      const [Theta, delta] = [theta(layer), layer.delta()];
      return {
        ...dense.inputGradient(layer),
        pieces: [{ ...Theta, transposed: true }, '\\cdot', delta],
        formula: `\\delta\\ \\text{of unit 0 is left out: it has no inputs}`,
        terms(i) {
          const [row, k] = [Math.floor(i / inputs), (i % inputs) + 1];
          return range(units).map((j) => term(entry(Theta, j * (inputs + 1) + k), entry(delta, row * units + j)));
        },
      };
    },

    gradient(layer) {
      const { inputs, units } = sizes(layer);
      const [delta, input, W] = [layer.delta(), withUnit(layer), layer.parameter('W')];
      const { share, m, trace } = layer.context;
      const [dW, db] = [layer.gradient('W'), layer.gradient('b')];
      const values = Float64Array.from({ length: units * (inputs + 1) }, (_, i) => {
        const [j, k] = [Math.floor(i / (inputs + 1)), i % (inputs + 1)];
        return k === 0 ? db.values[j]! : dW.values[j * inputs + k - 1]!;
      });
      const shape = [units, inputs + 1];
      const name = `dTheta${layer.number}`;
      return {
        result: { name, symbol: 'd\\Theta', sup: layer.sup, values, shape, layout: 'matrix' },
        right: [
          share.label,
          delta,
          '\\cdot',
          { ...input, transposed: true },
          ...(trace.l2 > 0 ? [`+ \\lambda\\,\\Theta^{${layer.sup}}_{j \\ge 1}`] : []),
          ...(trace.l1 > 0 ? [`+ \\lambda_1 \\operatorname{sign} \\Theta^{${layer.sup}}_{j \\ge 1}`] : []),
        ],
        explain(i) {
          const [j, k] = [Math.floor(i / (inputs + 1)), i % (inputs + 1)];
          const sums = range(m).map((row) =>
            term(share, entry(delta, row * units + j), entry(input, row * (inputs + 1) + k)),
          );
          return k === 0 ? sums : [...sums, ...penaltyTerms(layer.context.trace, W, j * inputs + k - 1)];
        },
        code: (library) => {
          const stack = library === 'np' ? 'np.column_stack' : 'torch.column_stack';
          return `${name} = ${stack}((${db.name}, ${dW.name}))`;
        },
      };
    },
  },
};

/** λ W and λ₁ sign W, which L2 and L1 add to the gradient. CS229 notes (3.37). */
export function penaltyTerms({ l2, l1 }: { readonly l2: number; readonly l1: number }, W: Operand, i: number) {
  return [
    ...(l2 > 0 ? [term(number('\\lambda', l2), entry(W, i))] : []),
    ...(l1 > 0
      ? [term(number('\\lambda_1', l1), number(`\\operatorname{sign} ${entry(W, i).label}`, Math.sign(W.values[i]!)))]
      : []),
  ];
}

/** The same in a program, to be put behind the gradient. */
export function penaltyCode(
  { l2, l1 }: { readonly l2: number; readonly l1: number },
  W: string,
  library: string,
): string {
  return `${l2 > 0 ? ` + ${literal(l2)} * ${W}` : ''}${l1 > 0 ? ` + ${literal(l1)} * ${library}.sign(${W})` : ''}`;
}
