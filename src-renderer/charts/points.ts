import { toCss, type Rgb } from './color';

/** Which part a point belongs to, as `PointCloud` counts them; also its shape: round, diamond, triangle. */
export type PartIndex = 0 | 1 | 2;

/** How much larger a point is that is answered wrongly, so that its cross can be seen. */
const WRONG_SIZE = 1.35;

interface PointLook {
  readonly color: Rgb;
  readonly surface: Rgb;
  /** Hollow, with a cross. */
  readonly wrong: boolean;
}

/** A point in its colour on a rim of the page's, so that it shows on a field of its own colour. */
export function drawPoint(
  ctx: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  shape: PartIndex,
  [x, y]: readonly [number, number],
  radius: number,
  { color, surface, wrong }: PointLook,
): void {
  const [ink, page] = [toCss(color), toCss(surface)];
  const size = wrong ? radius * WRONG_SIZE : radius;
  ctx.beginPath();
  tracePoint(ctx, shape, x, y, size);
  ctx.fillStyle = wrong ? page : ink;
  ctx.lineWidth = 1.25;
  ctx.strokeStyle = wrong ? ink : page;
  ctx.fill();
  ctx.stroke();
  if (!wrong) return;
  const reach = size * 0.5;
  ctx.beginPath();
  for (const side of [-1, 1]) {
    ctx.moveTo(x - reach, y - side * reach);
    ctx.lineTo(x + reach, y + side * reach);
  }
  ctx.stroke();
}

/** Adds a point's outline to the path: round for train, a diamond for dev, a triangle for test; all of about the same area. */
function tracePoint(
  ctx: Pick<CanvasRenderingContext2D, 'arc' | 'lineTo' | 'closePath'>,
  part: PartIndex,
  x: number,
  y: number,
  radius: number,
): void {
  if (part === 0) {
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const corners = part === 1 ? 4 : 3;
  const reach = radius * (part === 1 ? 1.25 : 1.4);
  for (let corner = 0; corner < corners; corner++) {
    const angle = (2 * Math.PI * corner) / corners - Math.PI / 2;
    ctx.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  ctx.closePath();
}
