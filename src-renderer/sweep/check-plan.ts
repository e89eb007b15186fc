import type { Experiment, PointInspection } from '../../src-worker/api';
import type { SweepPlan, SweepPoint } from '../../src-worker/experiment/sweep/sweep-plan';
import { sweepPoints } from '../../src-worker/experiment/sweep/sweep-points';
import type { Outcome, Problem } from '../../src-worker/problem';
import { pointDocument, type Surroundings } from './with-values';

/** A point as it can be told before it is trained. */
export interface CheckedPoint {
  readonly values: SweepPoint;
  /** What stands in its way; empty where it can be trained. */
  readonly problems: readonly Problem[];
  /** Null where the document has no such setting. */
  readonly document: Experiment | null;
  readonly bytes: number;
  readonly examples: number;
}

export interface CheckedPlan {
  readonly plan: SweepPlan;
  /** What it was checked for. */
  readonly document: Experiment;
  /** Of the plan as a whole: then it has no points. */
  readonly problems: readonly Problem[];
  readonly points: readonly CheckedPoint[];
}

/** Documents that are inspected in one call: the worker has training to do as well. */
const BLOCK = 16;
const UNKNOWN: PointInspection = { problems: [], bytes: 0, examples: 0 };

/** Every point of a plan with its document and what stands in its way. */
export async function checkPlan(
  plan: SweepPlan,
  document: Experiment,
  around: Surroundings,
  inspect: (experiments: readonly Experiment[]) => Promise<Outcome<readonly PointInspection[]>>,
): Promise<CheckedPlan> {
  const points = sweepPoints(plan);
  if (!points.ok) return { plan, document, problems: points.problems, points: [] };
  const made = points.value.map((values) => ({ values, made: pointDocument(document, plan, values, around) }));
  const documents = made.flatMap(({ made }) => (made.ok ? [made.value] : []));
  const found = new Map<Experiment, PointInspection>();
  for (let first = 0; first < documents.length; first += BLOCK) {
    const block = documents.slice(first, first + BLOCK);
    const inspected = await inspect(block);
    if (!inspected.ok) return { plan, document, problems: inspected.problems, points: [] };
    inspected.value.forEach((inspection, n) => found.set(block[n]!, inspection));
  }
  return {
    plan,
    document,
    problems: [],
    points: made.map(({ values, made }) =>
      made.ok
        ? { values, document: made.value, ...(found.get(made.value) ?? UNKNOWN) }
        : { values, document: null, ...UNKNOWN, problems: made.problems },
    ),
  };
}

/** Those that can be trained. */
export function fittingPoints({ points }: CheckedPlan): readonly (CheckedPoint & { readonly document: Experiment })[] {
  return points.flatMap((point) =>
    point.document !== null && point.problems.length === 0 ? [{ ...point, document: point.document }] : [],
  );
}

/** Points with the same misfit, and what it is: the first of its problems. */
export interface Misfit {
  readonly points: readonly CheckedPoint[];
  readonly problem: Problem;
}

/** What stands in the way of some points, each once. */
export function misfitsOf({ points }: CheckedPlan): readonly Misfit[] {
  const misfits = new Map<string, { problem: Problem; points: CheckedPoint[] }>();
  for (const point of points) {
    const [problem] = point.problems;
    if (problem === undefined) continue;
    const known = misfits.get(problem.message);
    if (known === undefined) misfits.set(problem.message, { problem, points: [point] });
    else known.points.push(point);
  }
  return [...misfits.values()];
}
