import { toCss } from './color';
import { CANVAS_FONT, readColor, type ColorToken } from './theme-colors';

/** What stands above a saved chart: its title and what its lines are. */
export interface PictureHeading {
  readonly title: string;
  readonly legend: readonly { readonly label: string; readonly color: ColorToken }[];
}

const HEADING = 36;
const MARGIN = 16;

/** A canvas as a PNG that stands on its own: on the page's colour, with a heading, at the resolution of the screen. */
export async function toPng(canvas: HTMLCanvasElement, { title, legend }: PictureHeading): Promise<Blob> {
  const scale = canvas.width / canvas.clientWidth;
  const width = canvas.clientWidth + 2 * MARGIN;
  const height = canvas.clientHeight + HEADING + MARGIN;
  const page = new OffscreenCanvas(width * scale, height * scale);
  const ctx = page.getContext('2d');
  if (ctx === null) throw new Error('this window cannot draw');
  ctx.scale(scale, scale);
  ctx.fillStyle = toCss(readColor('--surface'));
  ctx.fillRect(0, 0, width, height);
  ctx.drawImage(canvas, MARGIN, HEADING, canvas.clientWidth, canvas.clientHeight);
  ctx.textBaseline = 'middle';
  const middle = HEADING / 2 + 2;
  let left = MARGIN;
  const write = (text: string, font: string) => {
    ctx.font = `${font} 13px ${CANVAS_FONT}`;
    ctx.fillStyle = toCss(readColor('--ink'));
    ctx.fillText(text, left, middle);
    left += ctx.measureText(text).width + 16;
  };
  write(title, '600');
  for (const { label, color } of legend) {
    ctx.fillStyle = toCss(readColor(color));
    ctx.fillRect(left, middle - 1, 14, 2);
    left += 20;
    write(label, '400');
  }
  return page.convertToBlob({ type: 'image/png' });
}
