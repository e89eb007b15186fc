import type { Preprocessing } from '../../api';
import { inputNames } from '../../data/features';
import type { PreparedData } from '../../data/prepared';
import { ProblemError } from '../../problem';
import { sizeOf } from '../../tensor';
import { drawExamples, type DrawnExamples } from '../inputs/draw-examples';
import { inputFields } from '../inputs/input-fields';
import type { InputField } from '../inputs/input-types';
import type { Plane, PlaneAxis, PlaneChoice, PlanePoints } from './boundary-types';
import { componentsMap, featuresMap, type PlaneMap } from './plane-map';
import { examplesFor, principalComponents, type PrincipalComponents } from './principal-components';

/** A plane as the worker keeps it. */
export interface FoundPlane {
  readonly plane: Plane;
  /** Of the plane with these values held, in place of the typical ones. */
  map(held: Readonly<Record<string, number>>): PlaneMap;
  /** The inputs of the plane's points, `[points, inputs]`. */
  readonly x: Float32Array;
}

type Prepared = Pick<PreparedData, 'bindable' | 'preprocessing'>;

/** Points of one picture. */
const MOST_POINTS = 2_000;
/** Inputs of all points together, which are kept. */
const MOST_NUMBERS = 1_000_000;
/** Inputs that are said to make up a component. */
const LOADINGS = 4;

/**
 * Lays the plane of a choice through prepared data.
 * @yields now and then while components are found
 * @throws ProblemError where the data have no such columns
 */
export function* findPlane(prepared: Prepared, choice: PlaneChoice): Generator<void, FoundPlane> {
  const { preprocessing } = prepared;
  const fields = inputFields(prepared);
  const chosen = choice.kind === 'first' ? firstChoice(fields) : choice;
  const inputs = sizeOf(preprocessing.inputShape);
  const drawn = drawExamples(prepared, ['train', 'dev', 'test'], Math.min(MOST_POINTS, MOST_NUMBERS / inputs));
  if (chosen.kind === 'components') {
    const sample = drawExamples(prepared, ['train'], examplesFor(inputs));
    const found = yield* principalComponents(sample.x, sample.count, inputs);
    const map = componentsMap(found);
    const plane = {
      ...{ choice: chosen, xAxis: componentAxis(1), yAxis: componentAxis(2), held: [] },
      columns: fields.map(({ column }) => column),
      components: {
        ...{ shares: found.shares, examples: sample.count, of: sample.of },
        loadings: found.directions.map((direction) => loadingsOf(direction, preprocessing)),
      },
    };
    return finish(plane, drawn, map, () => map, inputs);
  }
  const { x, y } = chosen;
  for (const column of [x, y]) checkColumn(column, fields);
  if (x === y) throw new ProblemError({ ...unlike(x), code: 'boundary/same-column' });
  const { features } = preprocessing;
  const map = (held: Readonly<Record<string, number>>): PlaneMap => featuresMap(features, fields, [x, y], held);
  const plane = {
    ...{ choice: chosen, xAxis: columnAxis(x, fields), yAxis: y === null ? null : columnAxis(y, fields) },
    held: fields.filter(({ column }) => column !== x && column !== y),
    columns: fields.map(({ column }) => column),
    components: null,
  };
  return finish(plane, drawn, map({}), map, inputs);
}

/** The one or two features there are, or the first two of numbers; of images their components. */
function firstChoice(fields: readonly InputField[]): Exclude<PlaneChoice, { kind: 'first' }> {
  const numbers = fields.filter(({ names }) => names.length === 0);
  const [x, y] = [...numbers, ...fields.filter(({ names }) => names.length > 0)];
  if (x === undefined) return { kind: 'components' };
  return { kind: 'features', x: x.column, y: y?.column ?? null };
}

function finish(
  plane: Omit<Plane, 'points'>,
  drawn: DrawnExamples,
  { place }: PlaneMap,
  map: FoundPlane['map'],
  inputs: number,
): FoundPlane {
  const places = Array.from({ length: drawn.count }, (_, n) => place(drawn.x, n * inputs));
  const shown = places.flatMap(([u, v], n) => (Number.isNaN(u) || Number.isNaN(v) ? [] : [n]));
  const line = plane.yAxis === null;
  const points: PlanePoints = {
    x: Float32Array.from(shown, (n) => places[n]![0]),
    y: Float32Array.from(shown, (n) => (line ? drawn.target[n]! : places[n]![1])),
    target: Float32Array.from(shown, (n) => drawn.target[n]!),
    part: Uint8Array.from(shown, (n) => drawn.part[n]!),
    of: drawn.of,
  };
  const x = new Float32Array(shown.length * inputs);
  shown.forEach((n, to) => x.set(drawn.x.subarray(n * inputs, (n + 1) * inputs), to * inputs));
  return { plane: { ...plane, points }, map, x };
}

function columnAxis(name: string, fields: readonly InputField[]): PlaneAxis {
  const { type, names } = fields.find(({ column }) => column === name)!;
  return { name, kind: type === 'boolean' ? 'category' : type, names };
}

function componentAxis(number: 1 | 2): PlaneAxis {
  return { name: `component ${number}`, kind: 'component', names: [] };
}

/** The inputs of the largest weights; pixels have no names worth saying. */
function loadingsOf(
  direction: PrincipalComponents['mean'],
  { features }: Preprocessing,
): { readonly input: string; readonly weight: number }[] {
  return inputNames(features)
    .map((input, k) => ({ input, weight: direction[k]! }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, LOADINGS);
}

function checkColumn(name: string | null, fields: readonly InputField[]): void {
  if (name === null || fields.some(({ column }) => column === name)) return;
  throw new ProblemError({
    code: 'boundary/no-column',
    message: `The network has no input of the column "${name}", so that no plane can be drawn over it.`,
    hint: 'Choose a column whose role is feature.',
  });
}

function unlike(name: string) {
  return {
    message: `A plane needs two different columns, and both are "${name}".`,
    hint: 'Choose another column for one of the axes.',
  };
}
