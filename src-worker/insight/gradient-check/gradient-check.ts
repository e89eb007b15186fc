import type { NetworkSpec } from '../../experiment/document';
import type { Pass } from '../../layers';
import { assignTensors } from '../../named-tensors';
import { initialParameters } from '../../network';
import {
  createPropagation,
  registries,
  type LiveParameter,
  type Propagation,
  type Registries,
} from '../../propagation';
import { createRandom } from '../../random';
import { resolveNetwork } from '../../shape';
import type { FloatArray, NamedTensor, Shape } from '../../tensor';
import { bugs } from './bugs';
import type { BugKind, ErrorCurve, GradientVerdict } from './check-types';
import { KinkSides } from './kink-sides';

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

/** The h of an error curve: two for each power of ten, from where the curvature rules to where rounding does. */
const CURVE_STEPS: readonly number[] = Array.from({ length: 23 }, (_, n) => 10 ** (-1 - n / 2));

/** Entries of an error curve: the worst one of the array and others of it. */
const CURVE_ENTRIES = 5;

/** What is checked, and how closely. */
export interface CheckSetup {
  readonly network: NetworkSpec;
  readonly inputShape: Shape;
  readonly l2: number;
  /** λ₁ of Σ|W|, which has no derivative where a weight is 0; 0 if left out. */
  readonly l1?: number;
  /** `[rows, …inputShape]` and `[rows, outputs]`. */
  readonly x: FloatArray;
  readonly y: FloatArray;
  readonly rows: number;
  /** What each example counts for, `[rows]`; all alike if left out. */
  readonly weights?: FloatArray | null;
  /** Where to check; the initial parameters of the network's seed if left out. */
  readonly parameters?: readonly NamedTensor[];
  /** Updates made before: what dropout draws is a function of it; 0 if left out. */
  readonly trainingStep?: number;
  /** Half the distance of the central difference; {@link STEP} if left out. */
  readonly step?: number;
  /** Largest relative error that passes; {@link LIMIT} if left out. */
  readonly limit?: number;
  /** At most this many entries of each array, drawn from the network's seed; all of them if left out. */
  readonly entries?: number;
  /** Planted into backpropagation; none if left out. */
  readonly bug?: BugKind | null;
}

interface CheckedArray {
  readonly parameter: LiveParameter;
  /** Of its layer, from 0. */
  readonly layer: number;
  readonly analytic: FloatArray;
  /** The entries to look at, in order. */
  readonly chosen: Uint32Array;
}

interface DrawnCurve {
  readonly curve: ErrorCurve;
  readonly work: Iterator<undefined, void>;
}

/**
 * Compares backpropagation with central differences of the cost, in float64 on the reference backend, in pieces:
 *
 *   ∂J/∂θ ≈ (J(θ + h) − J(θ − h)) / 2h,   J = (1/m) Σ L + λ/2 Σ W² + λ₁ Σ |W|          CS229 notes (3.32), (3.34)
 *   error = |numeric − analytic| / max(|numeric|, |analytic|, floor)
 */
export class GradientCheck {
  readonly verdicts: GradientVerdict[] = [];
  readonly limit: number;
  /** Entries looked at so far. */
  done = 0;
  /** Entries that will be looked at. */
  readonly total: number;
  readonly #propagation: Propagation;
  readonly #arrays: readonly CheckedArray[];
  readonly #sides: KinkSides;
  readonly #floor: number;
  readonly #step: number;
  readonly #l1: number;
  readonly #cost: (from: number) => number;
  readonly #work: Iterator<undefined, void>;
  #finished = false;
  #curve: DrawnCurve | null = null;

  /**
   * @param registry definitions to check; only tests and planted bugs name others
   * @throws ProblemError if the network or the given parameters do not fit
   */
  constructor(setup: CheckSetup, registry: Registries = registries) {
    const { network, inputShape, l2, l1 = 0, rows, weights = null, bug = null } = setup;
    const { step = STEP, limit = LIMIT, entries = Infinity, trainingStep = 0 } = setup;
    const planted = bug === null ? null : bugs[bug].plant(registry, () => this.#propagation);
    const used = planted?.registries ?? registry;
    const resolved = resolveNetwork(network, inputShape, used.layers);
    const propagation = createPropagation(resolved, network.loss, 'float64', used);
    const live = propagation.parameters;
    assignTensors(
      live.map(({ spec, values }) => ({ name: spec.fullName, shape: spec.shape, values })),
      setup.parameters ?? initialParameters(network, inputShape, registry.layers),
    );
    const x = Float64Array.from(setup.x);
    const y = Float64Array.from(setup.y);
    const pass: Pass = { rows, mode: 'training', step: trainingStep };
    const penalised = live.filter(({ spec }) => spec.regularised);
    this.#cost = (from) => {
      propagation.forward(x, pass, from);
      return (
        propagation.loss(y, rows, weights) / rows +
        penalised.reduce((sum, { values }) => sum + penalty(values, l2, l1), 0)
      );
    };
    this.#propagation = propagation;
    this.#sides = new KinkSides(propagation, rows);
    this.#step = step;
    this.#l1 = l1;
    this.limit = limit;
    this.#floor = FLOOR * Math.max(1, this.#cost(0));
    propagation.backward(x, y, pass, { l2, l1, weights, ...planted?.terms });
    this.#arrays = propagation.layers.flatMap(({ parameters }, layer) =>
      parameters
        .filter(({ spec }) => spec.trained)
        .map((parameter): CheckedArray => {
          const { spec, values, gradient } = parameter;
          const order = createRandom(network.seed, 'gradient-check', spec.fullName).permutation(values.length);
          const chosen = values.length <= entries ? order.sort() : order.slice(0, entries).sort();
          return { parameter, layer, analytic: gradient.slice(), chosen };
        }),
    );
    this.total = this.#arrays.reduce((sum, { chosen }) => sum + chosen.length, 0);
    this.#work = this.#checkArrays();
  }

  /** Whether every array has its verdict. */
  get finished(): boolean {
    return this.#finished;
  }

  /** The array with the largest error; null while no array is finished. */
  get worst(): string | null {
    const [first, ...others] = this.verdicts.filter(({ checked }) => checked > 0);
    if (first === undefined) return null;
    return others.reduce((worst, each) => (isWorse(each.error, worst.error) ? each : worst), first).name;
  }

  /** The next pass through the network. @returns whether there was one left to make */
  advance(): boolean {
    this.#finished ||= this.#work.next().done === true;
    return !this.#finished;
  }

  /**
   * The next pass for the error curve of an array, behind all verdicts.
   * @returns whether there was one left to make
   */
  advanceCurve(name: string): boolean {
    if (this.#curve?.curve.name !== name) this.#curve = this.#startCurve(name);
    return this.#curve?.work.next().done === false;
  }

  /** As far as it is drawn. */
  get curve(): ErrorCurve | null {
    return this.#curve?.curve ?? null;
  }

  *#checkArrays(): Generator<undefined, void> {
    for (const array of this.#arrays) {
      const { parameter, analytic, chosen } = array;
      const { spec, values } = parameter;
      this.#settle();
      let worst = { error: 0, index: -1, numeric: 0, analytic: 0 };
      let atKink = 0;
      for (const index of chosen) {
        const numeric = yield* this.#centralDifference(array, index, this.#step);
        this.done++;
        if (numeric === null) {
          atKink++;
          continue;
        }
        const error = this.#errorOf(numeric, analytic[index]!);
        if (worst.index < 0 || isWorse(error, worst.error))
          worst = { error, index, numeric, analytic: analytic[index]! };
      }
      const checked = chosen.length - atKink;
      const passed = checked > 0 && worst.error <= this.limit;
      const { fullName: name, shape } = spec;
      this.verdicts.push({ name, shape, ...worst, size: values.length, checked, atKink, passed });
    }
  }

  #startCurve(name: string): DrawnCurve | null {
    const array = this.#arrays.find(({ parameter }) => parameter.spec.fullName === name);
    const worst = this.verdicts.find((verdict) => verdict.name === name)?.index ?? -1;
    if (array === undefined || worst < 0) return null;
    const entries = [worst, ...array.chosen.filter((index) => index !== worst)].slice(0, CURVE_ENTRIES);
    const curve = { name, entries: entries.length, steps: CURVE_STEPS, errors: [] as number[] };
    return { curve, work: this.#drawCurve(array, entries, curve.errors) };
  }

  *#drawCurve(array: CheckedArray, entries: readonly number[], errors: number[]): Generator<undefined, void> {
    this.#settle();
    for (const step of CURVE_STEPS) {
      let worst = NaN;
      for (const index of entries) {
        const numeric = yield* this.#centralDifference(array, index, step);
        if (numeric === null) continue;
        const error = this.#errorOf(numeric, array.analytic[index]!);
        if (!(error <= worst)) worst = error;
      }
      errors.push(worst);
    }
  }

  /** Every layer as it is at the weights themselves: those before the one that is looked at are not worked out again. */
  #settle(): void {
    this.#cost(0);
  }

  /** (J(θ + h) − J(θ − h)) / 2h, with a pause between the two; null where a unit crosses a kink on the way. */
  *#centralDifference(
    { parameter: { spec, values }, layer }: CheckedArray,
    index: number,
    h: number,
  ): Generator<undefined, number | null> {
    const kept = values[index]!;
    values[index] = kept + h;
    const above = this.#cost(layer);
    this.#sides.remember(layer);
    yield;
    values[index] = kept - h;
    const below = this.#cost(layer);
    const crossed = this.#sides.crossed(layer);
    values[index] = kept;
    yield;
    const cornered = this.#l1 > 0 && spec.regularised && Math.abs(kept) < h;
    return crossed || cornered ? null : (above - below) / (2 * h);
  }

  #errorOf(numeric: number, analytic: number): number {
    return Math.abs(numeric - analytic) / Math.max(Math.abs(numeric), Math.abs(analytic), this.#floor);
  }
}

/**
 * The whole check at once.
 * @returns a verdict for each trained parameter array, in layer order
 * @throws ProblemError if the network or the given parameters do not fit
 */
export function checkGradients(setup: CheckSetup, registry: Registries = registries): readonly GradientVerdict[] {
  const check = new GradientCheck(setup, registry);
  while (check.advance());
  return check.verdicts;
}

/** Written so that NaN is the worst of all and stays so. */
function isWorse(error: number, than: number): boolean {
  return !Number.isNaN(than) && !(error <= than);
}

/** λ/2 Σ W² + λ₁ Σ |W| */
function penalty(values: FloatArray, l2: number, l1: number): number {
  if (l2 === 0 && l1 === 0) return 0;
  let sum = 0;
  for (const value of values) sum += (l2 / 2) * value * value + l1 * Math.abs(value);
  return sum;
}
