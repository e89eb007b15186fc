import './figures.css';
import type { DataColors, Rgb } from './color';

/** Family for text on canvases; the window's own, with tabular figures. */
export const CANVAS_FONT = "'Inter Figures', sans-serif";

/** A custom property of the theme, see app.css. */
export type ColorToken =
  '--surface' | '--hairline' | '--field-border' | '--ink' | '--ink-2' | '--accent' | '--positive' | '--negative';

/** The present value of a colour token. Ask again after a change of theme. */
export function readColor(token: ColorToken): Rgb {
  const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (probe === null) throw new Error('this window cannot draw');
  // Painting and reading back understands every notation that CSS does.
  probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  probe.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = probe.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** The colours of pictures of data in the present theme. */
export function readDataColors(): DataColors {
  return {
    negative: readColor('--negative'),
    positive: readColor('--positive'),
    neutral: readColor('--surface'),
    ink: readColor('--ink'),
  };
}

/** Resolves when text on canvases can be drawn in its own font. */
export async function canvasFontReady(): Promise<void> {
  await document.fonts.load(`11px ${CANVAS_FONT}`);
}
