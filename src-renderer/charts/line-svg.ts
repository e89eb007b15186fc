import { formatLogTick, logTicks } from './log-ticks';
import { formatTick as plainTick, project, ticks, tickStep, type Range } from './scale';
import { PRINT_COLORS } from './print-colors';
import type { ColorToken } from './theme-colors';
import type { XY } from './thin';
import type { Scale } from './track';

/** A chart of lines as data. */
export interface Picture {
  readonly x: Range;
  readonly y: Range;
  readonly scale: Scale;
  readonly formatTick?: (value: number, step: number) => string;
  /** The last lies on top; those without a label do not stand in the legend. */
  readonly lines: readonly {
    readonly label: string | null;
    readonly color: ColorToken;
    readonly opacity?: number;
    readonly points: readonly XY[];
  }[];
  /** Dashed lines at some x, with words. */
  readonly marks: readonly { readonly x: number; readonly label: string }[];
  readonly ring: XY | null;
}

export interface Frame {
  readonly title: string;
  /** What the picture says, for those who hear it. */
  readonly description: string;
  readonly xLabel: string;
  readonly width: number;
  readonly height: number;
}

const FONT = "'Inter Variable', Inter, 'Helvetica Neue', Arial, sans-serif";
const MARGIN = { left: 64, right: 20, top: 52, bottom: 44 };
/** Of a letter at 12 px, for the places of the legend: no canvas measures here. */
const LETTER = 6.6;

/** A chart as SVG that stands on its own: vectors, in light colours, for paper and slides. */
export function lineSvg(picture: Picture, frame: Frame): string {
  const { width, height, title, description, xLabel } = frame;
  const area = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const x = (value: number) => project(value, picture.x, { start: area.left, end: area.right });
  const y = heightOf(picture, { start: area.bottom, end: area.top });
  const {
    '--ink': ink,
    '--ink-second': second,
    '--hairline': hairline,
    '--field-border': border,
    '--surface': page,
  } = PRINT_COLORS;
  const rows = yTicks(picture).map(({ value, text }) => {
    const at = round(y(value));
    return `<path d="M${area.left} ${at}H${area.right}" stroke="${hairline}"/><text x="${area.left - 8}" y="${at}" dy="4" text-anchor="end">${escapeXml(text)}</text>`;
  });
  const columns = ticks(picture.x, 8).map((value) => {
    const text = plainTick(value, tickStep(picture.x.max - picture.x.min, 8));
    return `<text x="${round(x(value))}" y="${area.bottom + 18}" text-anchor="middle">${escapeXml(text)}</text>`;
  });
  const marks = picture.marks
    .filter((mark) => mark.x >= picture.x.min && mark.x <= picture.x.max)
    .map(({ x: at, label }) => {
      const left = round(x(at));
      return `<path d="M${left} ${area.top}V${area.bottom}" stroke="${border}" stroke-dasharray="2 2"/><text x="${left + 5}" y="${area.top + 10}">${escapeXml(label)}</text>`;
    });
  const lines = picture.lines.map(
    ({ color, opacity, points }) =>
      `<path d="${pathOf(points, x, y)}" stroke="${PRINT_COLORS[color]}"${opacity === undefined ? '' : ` stroke-opacity="${opacity}"`}/>`,
  );
  // A picture within the picture clips its lines without a name, which a page with several of them would have twice.
  const inner = `x="${area.left}" y="${area.top - 4}" width="${area.right - area.left}" height="${area.bottom - area.top + 8}"`;
  const { ring } = picture;
  const best =
    ring === null || !Number.isFinite(y(ring.y)) || ring.x < picture.x.min || ring.x > picture.x.max
      ? ''
      : `<circle cx="${round(x(ring.x))}" cy="${round(y(ring.y))}" r="3.5" fill="${page}" stroke="${PRINT_COLORS['--accent']}" stroke-width="1.5"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONT}" font-size="12" fill="${second}">
<title>${escapeXml(title)}</title>
<desc>${escapeXml(description)}</desc>
<rect width="${width}" height="${height}" fill="${page}"/>
<text x="${MARGIN.left}" y="24" font-size="14" font-weight="600" fill="${ink}">${escapeXml(title)}</text>
${legendOf(picture, width)}
${[...rows, ...columns].join('\n')}
<text x="${area.right}" y="${height - 8}" text-anchor="end">${escapeXml(xLabel)}</text>
${marks.join('\n')}
<svg ${inner} viewBox="${area.left} ${area.top - 4} ${area.right - area.left} ${area.bottom - area.top + 8}" fill="none" stroke-width="1.5" stroke-linejoin="round">
${lines.join('\n')}
</svg>
${best}
</svg>
`;
}

export function escapeXml(text: string): string {
  // Control characters are no XML, escaped or not.
  // eslint-disable-next-line no-control-regex -- they are just what must go
  const clean = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ');
  return clean.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function heightOf({ y, scale }: Picture, to: { readonly start: number; readonly end: number }) {
  if (scale === 'linear') return (value: number) => project(value, y, to);
  const range = { min: Math.log10(y.min), max: Math.log10(y.max) };
  return (value: number) => (value > 0 ? project(Math.log10(value), range, to) : Number.NaN);
}

function yTicks({ y, scale, formatTick = plainTick }: Picture): { value: number; text: string }[] {
  if (scale === 'logarithmic') return logTicks(y).map((value) => ({ value, text: formatLogTick(value) }));
  const step = tickStep(y.max - y.min, 5);
  return ticks(y, 5).map((value) => ({ value, text: formatTick(value, step) }));
}

/** A line with a gap wherever it has no number. */
function pathOf(points: readonly XY[], x: (value: number) => number, y: (value: number) => number): string {
  let path = '';
  let pen = 'M';
  for (const point of points) {
    const top = y(point.y);
    if (Number.isFinite(top)) path += `${pen}${round(x(point.x))} ${round(top)}`;
    pen = Number.isFinite(top) ? 'L' : 'M';
  }
  return path;
}

function legendOf({ lines }: Picture, width: number): string {
  let left = MARGIN.left;
  const entries: string[] = [];
  for (const { label, color } of lines) {
    if (label === null || left > width - MARGIN.right) continue;
    entries.push(
      `<path d="M${round(left)} 38h14" stroke="${PRINT_COLORS[color]}" stroke-width="2"/><text x="${round(left + 20)}" y="42">${escapeXml(label)}</text>`,
    );
    left += 20 + label.length * LETTER + 18;
  }
  return entries.join('\n');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
