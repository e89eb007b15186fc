import type { NetworkSpec } from '../experiment/document';
import type { Pass } from '../layers';
import { assignTensors } from '../named-tensors';
import { initialParameters } from '../network';
import { createPropagation, registries, type Propagation, type Registries } from '../propagation';
import { createRandom } from '../random';
import { resolveNetwork } from '../shape';
import type { FloatArray, NamedTensor, Shape } from '../tensor';

/**
 * Half the distance of the central difference. Worst relative error over 1,000 random dense networks (20,197 entries): 3.1e-8 with
 * 1e-5; 2.0e-6 with 1e-4, where the curvature shows; 2.2e-7 with 1e-6, where rounding does.
 */
export const STEP = 1e-5;

/** Largest relative error that counts as right: thirty times the worst one measured. */
export const LIMIT = 1e-6;

/**
 * Gradients below this are compared absolutely, for relative to zero everything is wrong. It grows with the cost, because the
 * rounding of a difference of two costs does.
 */
const FLOOR = 1e-3;

export interface GradientCheckRequest {
  readonly network: NetworkSpec;
  readonly inputShape: Shape;
  readonly l2: number;
  /** λ₁ of Σ|W|, which has no derivative where a weight is 0; 0 if left out. */
  readonly l1?: number;
  /** `[rows, …inputShape]` and `[rows, outputs]`. */
  readonly x: FloatArray;
  readonly y: FloatArray;
  readonly rows: number;
  /** Where to check; the initial parameters of the network's seed if left out. */
  readonly parameters?: readonly NamedTensor[];
  /** Half the distance of the central difference; {@link STEP} if left out. */
  readonly step?: number;
  /** Largest relative error that passes; {@link LIMIT} if left out. */
  readonly limit?: number;
  /** At most this many entries of each array, drawn from the network's seed; all of them if left out. */
  readonly entries?: number;
}

/** What the check says of one parameter array. */
export interface GradientVerdict {
  /** `W1`, `b1`, … */
  readonly name: string;
  /** Worst relative error of the entries checked; 0 when there are none. */
  readonly error: number;
  /** Where it is, counted over the row-major array; −1 when no entry was checked. */
  readonly index: number;
  /** Central difference and backpropagation at that entry. */
  readonly numeric: number;
  readonly analytic: number;
  /** Entries of the array, entries compared, and entries left out because a unit crossed a kink, where no derivative exists. */
  readonly size: number;
  readonly checked: number;
  readonly atKink: number;
  /** Whether something was checked and nothing was off by more than the limit. */
  readonly passed: boolean;
}

/**
 * Compares backpropagation with central differences of the cost, in float64 on the reference backend:
 *
 *   ∂J/∂θ ≈ (J(θ + h) − J(θ − h)) / 2h,   J = (1/m) Σ L + λ/2 Σ W² + λ₁ Σ |W|          CS229 notes (3.32), (3.34)
 *   error = |numeric − analytic| / max(|numeric|, |analytic|, floor)
 *
 * @param registry definitions to check; only tests name another one
 * @returns a verdict for each trained parameter array, in layer order
 * @throws ProblemError if the network or the given parameters do not fit
 */
export function checkGradients(request: GradientCheckRequest, registry: Registries = registries): GradientVerdict[] {
  const { network, inputShape, l2, l1 = 0, rows } = request;
  const { step = STEP, limit = LIMIT, entries = Infinity } = request;
  const resolved = resolveNetwork(network, inputShape, registry.layers);
  const propagation = createPropagation(resolved, network.loss, 'float64', registry);
  const live = propagation.parameters;
  assignTensors(
    live.map(({ spec, values }) => ({ name: spec.fullName, shape: spec.shape, values })),
    request.parameters ?? initialParameters(network, inputShape, registry.layers),
  );
  const x = Float64Array.from(request.x);
  const y = Float64Array.from(request.y);
  const pass: Pass = { rows, mode: 'training', step: 0 };
  const cost = (): number => {
    propagation.forward(x, pass);
    const weights = live.filter(({ spec }) => spec.regularised);
    const terms = weights.reduce((sum, { values }) => sum + penalty(values, l2, l1), 0);
    return propagation.loss(y, rows) / rows + terms;
  };

  const floor = FLOOR * Math.max(1, cost());
  propagation.backward(x, y, pass, { l2, l1 });
  const trained = live.filter(({ spec }) => spec.trained);
  const analytic = trained.map(({ gradient }) => gradient.slice());
  return trained.map(({ spec, values }, p): GradientVerdict => {
    const order = createRandom(network.seed, 'gradient-check', spec.fullName).permutation(values.length);
    const chosen = values.length <= entries ? order.sort() : order.slice(0, entries).sort();
    let worst = { error: 0, index: -1, numeric: 0, analytic: 0 };
    let atKink = 0;
    for (const index of chosen) {
      const kept = values[index]!;
      values[index] = kept + step;
      const above = cost();
      const sides = kinkSides(propagation, rows);
      values[index] = kept - step;
      const below = cost();
      const cornered = l1 > 0 && spec.regularised && Math.abs(kept) < step;
      const crossed = cornered || kinkSides(propagation, rows) !== sides;
      values[index] = kept;
      if (crossed) {
        atKink++;
        continue;
      }
      const numeric = (above - below) / (2 * step);
      const expected = analytic[p]![index]!;
      const error = Math.abs(numeric - expected) / Math.max(Math.abs(numeric), Math.abs(expected), floor);
      // Written so that NaN is the worst of all and stays so.
      if (worst.index < 0 || (!Number.isNaN(worst.error) && !(error <= worst.error))) {
        worst = { error, index, numeric, analytic: expected };
      }
    }
    const checked = chosen.length - atKink;
    const passed = checked > 0 && worst.error <= limit;
    return { name: spec.fullName, ...worst, size: values.length, checked, atKink, passed };
  });
}

/** λ/2 Σ W² + λ₁ Σ |W| */
function penalty(values: FloatArray, l2: number, l1: number): number {
  let sum = 0;
  for (const value of values) sum += (l2 / 2) * value * value + l1 * Math.abs(value);
  return sum;
}

/** On which side of each kink every unit is and which branches the layers took, as text that two passes share exactly when no unit crossed one. */
function kinkSides({ layers, branches }: Propagation, rows: number): string {
  const sides = layers
    .flatMap(({ activation, z, outputs }) =>
      activation.kinks.map((kink) =>
        Array.from(z.subarray(0, rows * outputs), (value) => (value > kink ? 1 : 0)).join(''),
      ),
    )
    .join(' ');
  return `${sides} ${branches}`;
}
