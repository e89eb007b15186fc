import type { Random } from '../../../random';
import { blend, dim, type Canvas, type Colour } from './canvas';
import { between } from './draws';

type Ground = (random: Random) => (x: number, y: number) => Colour;

/** Mown grass in stripes. */
const grass: Ground = (random) => {
  const green: Colour = [between(random, 0.15, 0.35), between(random, 0.45, 0.65), between(random, 0.1, 0.25)];
  const [width, lean] = [between(random, 6, 20), between(random, -0.6, 0.6)];
  return (x, y) => dim(green, Math.floor((x + lean * y) / width) % 2 === 0 ? 1 : 0.82);
};

/** A floor or a wall of one colour that darkens to one side. */
const wall: Ground = (random) => {
  const colour: Colour = [between(random, 0.3, 0.9), between(random, 0.3, 0.9), between(random, 0.3, 0.9)];
  const angle = 2 * Math.PI * random.uniform();
  return (x, y) => dim(colour, 0.85 + 0.15 * Math.sin((x * Math.cos(angle) + y * Math.sin(angle)) / 30));
};

/** Sky above sand or grass, with a horizon. */
const outdoors: Ground = (random) => {
  const horizon = between(random, 12, 48);
  const sky: Colour = [between(random, 0.45, 0.7), between(random, 0.65, 0.85), between(random, 0.85, 1)];
  const ground: Colour =
    random.uniform() < 0.5 ? [0.78, 0.7, between(random, 0.4, 0.6)] : [0.25, between(random, 0.4, 0.6), 0.2];
  return (_x, y) => (y < horizon ? blend(sky, [1, 1, 1], (0.5 * y) / horizon) : ground);
};

/** Boards or tiles with joints. */
const boards: Ground = (random) => {
  const colour: Colour = [between(random, 0.45, 0.75), between(random, 0.35, 0.55), between(random, 0.2, 0.45)];
  const [height, width] = [between(random, 7, 14), between(random, 18, 40)];
  return (x, y) => {
    const row = Math.floor(y / height);
    const joint = y % height < 0.8 || (x + row * 0.5 * width) % width < 0.8;
    return dim(colour, joint ? 0.6 : row % 2 === 0 ? 1 : 0.93);
  };
};

const grounds = [grass, wall, outdoors, boards];

/** Fills the canvas with one of four grounds. */
export function paintBackground(canvas: Canvas, random: Random): void {
  canvas.paint(grounds[random.integer(grounds.length)]!(random));
}
