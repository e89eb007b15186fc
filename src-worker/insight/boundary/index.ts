import { caught, caughtLater } from '../../caught';
import type { PreparedData } from '../../data/prepared';
import { noData } from '../../inspection';
import { fail, ProblemError, succeed, type Outcome } from '../../problem';
import type { Run } from '../../run';
import type { BoundaryApi, PlaneChoice } from './boundary-types';
import { drawBoundary } from './draw-boundary';
import { findPlane, type FoundPlane } from './find-plane';
import { inTurns } from './in-turns';

/** Planes of one preparation that are kept. */
const MOST_KEPT = 4;

/** The calls of the trainer that see the network over a plane. A plane is found once for each preparation of the data. */
export function boundaryWith(
  dataOf: () => PreparedData | null,
  withRun: <T>(use: (run: Run) => Outcome<T>) => Outcome<T>,
): BoundaryApi {
  const known = new WeakMap<PreparedData, Map<string, FoundPlane>>();
  const find = function* (prepared: PreparedData, choice: PlaneChoice): Generator<void, FoundPlane> {
    const planes = known.get(prepared) ?? new Map<string, FoundPlane>();
    known.set(prepared, planes);
    const key = JSON.stringify(choice);
    const found = planes.get(key) ?? (yield* findPlane(prepared, choice));
    planes.delete(key);
    for (const old of [...planes.keys()].slice(0, Math.max(0, planes.size - MOST_KEPT + 1))) planes.delete(old);
    planes.set(key, found);
    // What shows the data best is asked for by its own name next.
    planes.set(JSON.stringify(found.plane.choice), found);
    return found;
  };
  return {
    plane: (choice) =>
      caughtLater(async () => {
        const prepared = dataOf();
        if (prepared === null) return fail(noData);
        const { plane } = await inTurns(find(prepared, choice));
        const { points } = plane;
        const { x, y, target, part } = points;
        // What crosses belongs to the window; the plane is kept.
        const copies = { x: x.slice(), y: y.slice(), target: target.slice(), part: part.slice() };
        return succeed({ ...plane, points: { ...points, ...copies } });
      }),

    boundary: (request) =>
      caught(() =>
        withRun(({ network, prepared }) => {
          if (request.plane === undefined) checkFeatures(prepared);
          const finding = find(prepared, request.plane ?? { kind: 'first' });
          let step = finding.next();
          while (step.done !== true) step = finding.next();
          return succeed(drawBoundary(network, prepared, step.value, request));
        }),
      ),
  };
}

function checkFeatures({ preprocessing: { features } }: PreparedData): void {
  if (features.length > 0 && features.length <= 2 && features.every(({ type }) => type === 'number')) return;
  throw new ProblemError({
    code: 'boundary/features',
    message: 'A boundary without a plane can be drawn over one or two number features; this network has others.',
    hint: 'Name the plane: two columns, or the principal components.',
    path: 'data.columns',
  });
}
