import type { Random } from '../../../random';
import { dim, type Canvas, type Colour } from './canvas';
import { between } from './draws';

const white: Colour = [0.95, 0.95, 0.93];
const black: Colour = [0.08, 0.08, 0.1];

/** Paints a turned box that is plain, striped or chequered, often in black and white as the ball is. */
export function paintDistractor(canvas: Canvas, random: Random): void {
  const [x0, y0] = [between(random, 8, canvas.width - 8), between(random, 8, canvas.height - 8)];
  const [halfWidth, halfHeight] = [between(random, 5, 16), between(random, 5, 16)];
  const angle = Math.PI * random.uniform();
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const colours: readonly [Colour, Colour] =
    random.uniform() < 0.5 ? [white, black] : [anyColour(random), anyColour(random)];
  const pattern = random.integer(3);
  const cell = between(random, 3, 7);
  const light = between(random, 0.6, 1);
  canvas.paint((x, y) => {
    const u = (x - x0) * cos + (y - y0) * sin;
    const v = (y - y0) * cos - (x - x0) * sin;
    if (Math.abs(u) > halfWidth || Math.abs(v) > halfHeight) return null;
    const stripe = Math.floor((u + halfWidth) / cell);
    const line = pattern === 2 ? Math.floor((v + halfHeight) / cell) : 0;
    return dim(colours[pattern === 0 ? 0 : (stripe + line) % 2 === 0 ? 0 : 1], light);
  });
}

function anyColour(random: Random): Colour {
  return [random.uniform(), random.uniform(), random.uniform()];
}
