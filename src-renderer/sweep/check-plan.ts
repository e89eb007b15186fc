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

/** Points that are made and inspected in one go: the worker has training to do, and the window pictures to show. */
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
  const checked: CheckedPoint[] = [];
  for (let first = 0; first < points.value.length; first += BLOCK) {
    const made = points.value
      .slice(first, first + BLOCK)
      .map((values) => ({ values, made: pointDocument(document, plan, values, around) }));
    const documents = made.flatMap(({ made }) => (made.ok ? [made.value] : []));
    const inspected = await inspect(documents);
    if (!inspected.ok) return { plan, document, problems: inspected.problems, points: [] };
    for (const { values, made: each } of made) {
      const found = each.ok ? inspected.value[documents.indexOf(each.value)] : undefined;
      if (each.ok) checked.push({ values, document: each.value, ...(found ?? UNKNOWN) });
      else checked.push({ values, document: null, ...UNKNOWN, problems: each.problems });
    }
  }
  return { plan, document, problems: [], points: checked };
}

/** Those that can be trained. */
export function fittingPoints({ points }: CheckedPlan): readonly (CheckedPoint & { readonly document: Experiment })[] {
  return points.flatMap((point) =>
    point.document !== null && point.problems.length === 0 ? [{ ...point, document: point.document }] : [],
  );
}

/** Points with a misfit of the same kind, and what it is of the first of them. */
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
    const known = misfits.get(problem.code);
    if (known === undefined) misfits.set(problem.code, { problem, points: [point] });
    else known.points.push(point);
  }
  return [...misfits.values()];
}
