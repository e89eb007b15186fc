import { normalProbability } from '../../../src-worker/activations/normal-distribution';
import type { Constant } from './fold';
import type { OnnxNode } from './model';

/** Nodes of which older opsets make a Gelu. */
const NODES = 5;
const PROBES = [-3, -1.5, -0.25, 0, 0.5, 1, 2.75];

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Add: (a, b) => a + b,
  Erf: (a) => 2 * normalProbability(a * Math.SQRT2) - 1,
};

/**
 * The nodes from `first` on that together make a = ½ z (1 + erf(z/√2)) of the value `z`, in whatever order: found by what they compute.
 * @returns the name of a, or null where they compute something else
 */
export function geluFrom(
  nodes: readonly OnnxNode[],
  first: number,
  z: string,
  constantOf: (name: string) => Constant | null,
): string | null {
  const group = nodes.slice(first, first + NODES);
  const result = group.at(-1)?.outputs[0];
  if (group.length < NODES || result === undefined || !group.some(({ operator }) => operator === 'Erf')) return null;
  for (const probe of PROBES) {
    const values = new Map([[z, probe]]);
    for (const { operator, inputs, outputs } of group) {
      const operation = Object.hasOwn(OPERATIONS, operator) ? OPERATIONS[operator] : undefined;
      const [a, b = 0] = inputs.map((name) => values.get(name) ?? scalarOf(constantOf(name)));
      if (operation === undefined || a === undefined || outputs[0] === undefined) return null;
      values.set(outputs[0], operation(a, b));
    }
    if (!(Math.abs(values.get(result)! - probe * normalProbability(probe)) < 1e-6)) return null;
  }
  return result;
}

function scalarOf(constant: Constant | null): number {
  return constant?.values.length === 1 ? constant.values[0]! : NaN;
}
