import { activations } from '../../activations';
import { normalDensity, normalProbability } from '../../activations/normal-distribution';
import type { ActivationKind } from '../../experiment/document';
import { entry, number, term, type Library, type Operand, type Term } from './step';

/** How an activation that works number by number is written, explained and programmed. */
export interface ElementwiseSteps {
  /** g of KaTeX. */
  readonly of: (argument: string) => string;
  /** g′ as KaTeX of z and a. */
  readonly derivative: (z: string, a: string) => string;
  /** g′(z) as a sum. */
  readonly slope: (z: Operand, a: Operand, index: number) => readonly Term[];
  readonly code: (library: Library, z: string) => string;
  readonly slopeCode: (library: Library, z: string, a: string) => string;
}

const one = number('1', 1);
const minusOne = number('-1', -1);
const numeral = (value: number): readonly Term[] => [term(number(String(value), value))];
const where = (library: Library, z: string, yes: string, no: string): string =>
  `${library}.where(${z} > 0, ${yes}, ${no})`;
const erf = (library: Library, argument: string): string =>
  library === 'torch' ? `torch.erf(${argument})` : `np.vectorize(math.erf)(${argument})`;
const probability = (library: Library, z: string): string => `0.5 * (1 + ${erf(library, `${z} / math.sqrt(2)`)})`;

/** Every activation; null for softmax, in which every number depends on all of its column. */
export const activationSteps: { readonly [K in ActivationKind]: ElementwiseSteps | null } = {
  identity: {
    of: (z) => z,
    derivative: () => '1',
    slope: () => numeral(1),
    code: (_, z) => z,
    slopeCode: (library, z) => `${library}.ones_like(${z})`,
  },
  sigmoid: {
    of: (z) => `\\sigma\\bigl(${z}\\bigr)`,
    derivative: (_, a) => `${a} \\circ (1 - ${a})`,
    slope: (_, a, i) => [term(entry(a, i), number(`(1 - ${entry(a, i).label})`, 1 - a.values[i]!))],
    code: (library, z) => `1 / (1 + ${library}.exp(-${z}))`,
    slopeCode: (_, _z, a) => `${a} * (1 - ${a})`,
  },
  tanh: {
    of: (z) => `\\tanh\\bigl(${z}\\bigr)`,
    derivative: (_, a) => `1 - ${a} \\circ ${a}`,
    slope: (_, a, i) => [term(one), term(minusOne, entry(a, i), entry(a, i))],
    code: (library, z) => `${library}.tanh(${z})`,
    slopeCode: (_, _z, a) => `1 - ${a} ** 2`,
  },
  relu: {
    of: (z) => `\\max\\bigl(${z}, 0\\bigr)`,
    derivative: (z) => `\\mathbf{1}\\{${z} > 0\\}`,
    slope: (z, _, i) => numeral(z.values[i]! > 0 ? 1 : 0),
    code: (library, z) => (library === 'np' ? `np.maximum(${z}, 0)` : `torch.relu(${z})`),
    slopeCode: (_, z) => `(${z} > 0) * 1.0`,
  },
  'leaky-relu': {
    of: (z) => `\\max\\bigl(${z}, 0.01\\,${z}\\bigr)`,
    derivative: (z) => `\\mathbf{1}\\{${z} > 0\\} + 0.01\\,\\mathbf{1}\\{${z} \\le 0\\}`,
    slope: (z, _, i) => numeral(z.values[i]! > 0 ? 1 : 0.01),
    code: (library, z) => where(library, z, z, `0.01 * ${z}`),
    slopeCode: (library, z) => where(library, z, `${library}.ones_like(${z})`, `0.01 * ${library}.ones_like(${z})`),
  },
  elu: {
    of: (z) => `\\operatorname{ELU}\\bigl(${z}\\bigr)`,
    derivative: (z) => `\\mathbf{1}\\{${z} > 0\\} + e^{${z}}\\,\\mathbf{1}\\{${z} \\le 0\\}`,
    slope: (z, _, i) =>
      z.values[i]! > 0 ? numeral(1) : [term(number(`e^{${entry(z, i).label}}`, Math.exp(z.values[i]!)))],
    code: (library, z) => where(library, z, z, `${library}.expm1(${z})`),
    slopeCode: (library, z) => where(library, z, `${library}.ones_like(${z})`, `${library}.exp(${z})`),
  },
  gelu: {
    of: (z) => `\\operatorname{GELU}\\bigl(${z}\\bigr)`,
    derivative: (z) => `\\Phi(${z}) + ${z} \\circ \\varphi(${z})`,
    slope: (z, _, i) => [
      term(number(`\\Phi(${entry(z, i).label})`, normalProbability(z.values[i]!))),
      term(entry(z, i), number(`\\varphi(${entry(z, i).label})`, normalDensity(z.values[i]!))),
    ],
    code: (library, z) => `${z} * ${probability(library, z)}`,
    slopeCode: (library, z) =>
      `${probability(library, z)} + ${z} * ${library}.exp(-${z} ** 2 / 2) / math.sqrt(2 * math.pi)`,
  },
  softmax: null,
};

/** g(z) of one number, as the engine computes it. */
export function activate(kind: ActivationKind, z: number): number {
  const a = Float64Array.of(0);
  activations[kind].forward(Float64Array.of(z), a, 1, 1);
  return a[0]!;
}
