import './figures.css';
import type { DataColors, Rgb } from './color';

/** Family for text on canvases; the window's own, with tabular figures. */
export const CANVAS_FONT = "'Inter Figures', sans-serif";

/** A custom property of the theme, see app.css. */
export type ColorToken =
  | '--surface'
  | '--hairline'
  | '--field-border'
  | '--ink'
  | '--ink-second'
  | '--accent'
  | `--run-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`
  | '--positive'
  | '--negative'
  | '--cell-positive'
  | '--cell-negative';

/** Each notation that was met, with its colour: a canvas to find it out takes a millisecond, and a chart asks for ten. */
const known = new Map<string, Rgb>();

/** The present value of a colour token. Ask again after a change of theme. */
export function readColor(token: ColorToken): Rgb {
  const notation = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  const color = known.get(notation) ?? parseColor(notation);
  known.set(notation, color);
  return color;
}

function parseColor(notation: string): Rgb {
  const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (probe === null) throw new Error('this window cannot draw');
  // Painting and reading back understands every notation that CSS does.
  probe.fillStyle = notation;
  probe.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = probe.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** The colours of data in the present theme: of points, or the calmer ones of the field under them. */
export function readDataColors(use: 'points' | 'field'): DataColors {
  return {
    negative: readColor(use === 'points' ? '--negative' : '--cell-negative'),
    positive: readColor(use === 'points' ? '--positive' : '--cell-positive'),
    neutral: readColor('--surface'),
    ink: readColor('--ink'),
  };
}

/**
 * Draws again once text on canvases has its font: a canvas, unlike the page, does not do so by itself.
 * @returns calls it off, for a view that is left while the font is on its way
 */
export function redrawWithFont(draw: () => void): () => void {
  const face = `11px ${CANVAS_FONT}`;
  let here = true;
  const late = () => {
    if (here) draw();
  };
  // Where there is no such font the words stay in that of the page.
  if (!document.fonts.check(face)) void document.fonts.load(face).then(late, () => undefined);
  return () => (here = false);
}
