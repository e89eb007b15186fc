import type { Random } from '../../../random';
import { blend, dim, type Canvas, type Colour } from './canvas';
import { between, turnRandomly, type Vector } from './draws';

export type BallStyle = 'soccer' | 'plain' | 'basketball' | 'beach' | 'tennis';

/** Golden ratio: the corners of an icosahedron are (0, ±1, ±φ) and its rotations. */
const PHI = (1 + Math.sqrt(5)) / 2;

const corners: readonly Vector[] = [-1, 1].flatMap((a) =>
  [-PHI, PHI].flatMap((b): Vector[] => [
    [0, a, b],
    [a, b, 0],
    [b, 0, a],
  ]),
);

/**
 * The faces of a truncated icosahedron of edge 1, as directions and distances from its middle: 12 pentagons towards the corners of an
 * icosahedron, 20 hexagons towards its faces. Source: H. S. M. Coxeter, Regular Polytopes, 1973, and the distances √((125 + 41√5) / 40) and
 * √((42 + 18√5) / 16) that follow from it.
 */
const pentagons = corners.map(unit);
const PENTAGON_DISTANCE = Math.sqrt((125 + 41 * Math.sqrt(5)) / 40);
const hexagons = facesOf(pentagons);
const HEXAGON_DISTANCE = Math.sqrt((42 + 18 * Math.sqrt(5)) / 16);

/** Paints a lit ball of 8 to 22 pixels radius somewhere, turned at random, with its shadow on the ground. */
export function paintBall(canvas: Canvas, style: BallStyle, random: Random): void {
  const radius = between(random, 9, 22);
  const x0 = between(random, 0.7 * radius, canvas.width - 0.7 * radius);
  const y0 = between(random, 0.7 * radius, canvas.height - 0.7 * radius);
  const turn = turnRandomly(random);
  const light = unit([between(random, -0.8, 0.8), between(random, -1, -0.3), between(random, 0.4, 1)]);
  const ambient = between(random, 0.35, 0.6);
  const colourOf = surfaces[style](random);
  canvas.shade((x, y) => {
    const [u, v] = [(x - x0 + light[0] * radius * 0.6) / radius, (y - y0 - 0.9 * radius) / (0.3 * radius)];
    return 1 - 0.45 * Math.exp(-(u * u + v * v));
  });
  const box = { left: x0 - radius, right: x0 + radius, top: y0 - radius, bottom: y0 + radius };
  canvas.paint((x, y) => {
    const [u, v] = [(x - x0) / radius, (y - y0) / radius];
    const depth = 1 - u * u - v * v;
    if (depth < 0) return null;
    const normal: Vector = [u, v, Math.sqrt(depth)];
    const lit = Math.max(0, dot(normal, light));
    const gloss = 0.25 * Math.max(0, 2 * lit * normal[2] - light[2]) ** 12;
    return blend(dim(colourOf(turn(normal)), ambient + (1 - ambient) * lit), [1, 1, 1], gloss);
  }, box);
}

type Surface = (random: Random) => (point: Vector) => Colour;

const surfaces = {
  soccer: () => {
    const [black, white, seam]: readonly Colour[] = [
      [0.06, 0.06, 0.08],
      [0.96, 0.96, 0.94],
      [0.55, 0.55, 0.55],
    ];
    return (point) => {
      // The face that a ray from the middle leaves through; a seam where it is nearly two of them.
      const pentagon = nearest(point, pentagons)[0] / PENTAGON_DISTANCE;
      const [first, second] = nearest(point, hexagons).map((reach) => reach / HEXAGON_DISTANCE) as [number, number];
      if (pentagon > first) return black!;
      return first - Math.max(second, pentagon) < 0.012 ? seam! : white!;
    };
  },
  plain: (random) => {
    const colour = anyColour(random);
    return () => colour;
  },
  basketball: () => {
    const orange: Colour = [0.85, 0.42, 0.12];
    const line: Colour = [0.12, 0.08, 0.06];
    return ([x, y, z]) =>
      Math.abs(x) < 0.05 || Math.abs(y) < 0.05 || Math.abs(Math.hypot(x - Math.sign(x) * 0.9, z) - 0.65) < 0.05
        ? line
        : orange;
  },
  beach: (random) => {
    const [one, two] = [anyColour(random), anyColour(random)];
    const white: Colour = [0.95, 0.95, 0.92];
    return ([x, y, z]) => {
      if (Math.abs(z) > 0.95) return white;
      const slice = Math.floor(((Math.atan2(y, x) + Math.PI) / (2 * Math.PI)) * 6) % 6;
      return slice % 2 === 0 ? white : slice % 3 === 0 ? one : two;
    };
  },
  tennis: () => {
    const felt: Colour = [0.8, 0.9, 0.25];
    const line: Colour = [0.93, 0.95, 0.88];
    return ([x, y, z]) => (Math.abs(z - 0.6 * Math.sin(2 * Math.atan2(y, x))) < 0.09 ? line : felt);
  },
} satisfies Readonly<Record<BallStyle, Surface>>;

function anyColour(random: Random): Colour {
  return [random.uniform(), random.uniform(), random.uniform()];
}

/** How far a direction reaches into the two faces that it lies nearest to, before their distances. */
function nearest(point: Vector, faces: readonly Vector[]): [number, number] {
  let [first, second] = [-Infinity, -Infinity];
  for (const face of faces) {
    const reach = dot(point, face);
    if (reach > first) [first, second] = [reach, first];
    else if (reach > second) second = reach;
  }
  return [first, second];
}

/** Middles of the triangles that neighbouring corners make. */
function facesOf(points: readonly Vector[]): readonly Vector[] {
  const near = (a: Vector, b: Vector): boolean => a !== b && dot(a, b) > 0.4;
  const faces: Vector[] = [];
  points.forEach((a, i) => {
    points.slice(i + 1).forEach((b, j) => {
      for (const c of points.slice(i + j + 2)) {
        if (near(a, b) && near(b, c) && near(a, c)) {
          faces.push(unit([a[0] + b[0] + c[0], a[1] + b[1] + c[1], a[2] + b[2] + c[2]]));
        }
      }
    });
  });
  return faces;
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function unit(vector: Vector): Vector {
  const length = Math.sqrt(dot(vector, vector));
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}
