import type { ModelSnapshot } from '../../../src-worker/api';
import { succeed } from '../../../src-worker/problem';
import type { Shape } from '../../../src-worker/tensor';
import type { ExportOptions } from '../../bridge';
import { holdsEverything, textFile, type ExportFormat } from '../format';
import { programOf } from '../program';
import { columnsOf, type Column } from './columns';
import { svgText } from './text';

/** Distances in pixels. */
const GAP = 170;
const STEP = 34;
const RADIUS = 10;
const MARGIN = { top: 76, side: 40, names: 190, bottom: 30 };

const INK = '#1c1d22';
const SECOND = '#5c5e69';
const LINE = '#b9bac4';
const POSITIVE = '#0b6ebe';
const NEGATIVE = '#d9620b';

/** The figure of the network: a column for each layer, lines coloured by the weights. */
export const svg: ExportFormat = {
  id: 'svg',
  label: 'SVG figure',
  group: 'report',
  brief: 'figure of the network',
  extension: 'svg',
  purpose: 'The figure of the network for a report or a slide, sharp at any size.',
  options: [
    {
      name: 'lines',
      label: 'Lines',
      help: 'Blue for positive and orange for negative weights, stronger for larger ones; or plain lines.',
      type: 'choice',
      options: [
        { value: 'weights', label: 'By weight' },
        { value: 'plain', label: 'Plain' },
      ],
      default: 'weights',
    },
    {
      name: 'background',
      label: 'Background',
      help: 'White, or none for a page of another colour.',
      type: 'choice',
      options: [
        { value: 'white', label: 'White' },
        { value: 'none', label: 'None' },
      ],
      default: 'white',
    },
  ],
  takesData: false,
  proves: 'nothing',
  cannotHold: holdsEverything,
  encode: (model, options) => succeed([textFile('model.svg', draw(model, options))]),
  usage: (file) => `<img src=${JSON.stringify(file)} alt="The network">`,
};

/** Where the shown numbers of a column stand. */
interface Place {
  readonly x: number;
  readonly ys: readonly number[];
}

function draw(model: ModelSnapshot, options: ExportOptions): string {
  const program = programOf(model);
  const columns = columnsOf(program);
  const rows = Math.max(...columns.map(({ shown }) => shown.length));
  const height = MARGIN.top + rows * STEP + MARGIN.bottom;
  const left = columns[0]!.names.length > 0 ? MARGIN.names : MARGIN.side + 40;
  const width = left + (columns.length - 1) * GAP + MARGIN.names;
  const middle = MARGIN.top + (rows * STEP) / 2;
  const places = columns.map(({ shown }, index): Place => {
    const top = middle - ((shown.length - 1) * STEP) / 2;
    return { x: left + index * GAP, ys: shown.map((_, row) => top + row * STEP) };
  });
  const parts = columns.flatMap((column, index) => [
    ...(index === 0 ? [] : connections(columns[index - 1]!, places[index - 1]!, column, places[index]!, options)),
  ]);
  const marks = columns.map((column, index) => marksOf(column, places[index]!, index === 0));
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="12">
<title>${svgText(program.name)}</title>
${options['background'] === 'none' ? '' : `<rect width="${width}" height="${height}" fill="#ffffff"/>\n`}<g stroke-linecap="round">
${parts.join('\n')}
</g>
${marks.join('\n')}
</svg>
`;
}

function connections(
  before: Column,
  from: Place,
  column: Column,
  to: Place,
  { lines }: ExportOptions,
): readonly string[] {
  const { W } = column;
  if (W === null || before.look === 'image') return [arrow(from, to, before, column)];
  const inputs = W.shape[1]!;
  const largest = W.values.reduce((most, w) => (Number.isFinite(w) ? Math.max(most, Math.abs(w)) : most), 0) || 1;
  return column.shown.flatMap((unit, row) =>
    before.shown.flatMap((input, place) => {
      if (unit === -1 || input === -1) return [];
      const weight = W.values[unit * inputs + input]!;
      const share = Number.isFinite(weight) ? Math.abs(weight) / largest : 1;
      const look =
        lines === 'plain'
          ? `stroke="${LINE}"`
          : `stroke="${weight < 0 ? NEGATIVE : POSITIVE}" stroke-opacity="${round(0.12 + 0.88 * share)}" stroke-width="${round(0.5 + 2.5 * share)}"`;
      const [x1, x2] = [from.x + RADIUS, to.x - RADIUS];
      return [`<line x1="${x1}" y1="${round(from.ys[place]!)}" x2="${x2}" y2="${round(to.ys[row]!)}" ${look}/>`];
    }),
  );
}

/** Where there are too many lines to draw, one arrow from column to column. */
function arrow(from: Place, to: Place, before: Column, column: Column): string {
  const y = round((to.ys[0]! + to.ys.at(-1)!) / 2);
  const reach = ({ look }: Column): number => (look === 'image' ? 22 : RADIUS) + 12;
  const [start, end] = [from.x + reach(before), to.x - reach(column)];
  return `<path d="M${start} ${y}H${end}m-7 -5l7 5l-7 5" fill="none" stroke="${SECOND}" stroke-width="1.5"/>`;
}

function marksOf({ title, subtitle, look, shape, shown, names }: Column, { x, ys }: Place, first: boolean): string {
  const heading =
    `<text x="${x}" y="28" text-anchor="middle" fill="${INK}" font-weight="600">${svgText(title)}</text>` +
    `<text x="${x}" y="46" text-anchor="middle" fill="${SECOND}">${svgText(subtitle)}</text>`;
  const marks = shown.map((index, row) => {
    const y = round(ys[row]!);
    if (index === -1) return `<text x="${x}" y="${y + 4}" text-anchor="middle" fill="${SECOND}">⋮</text>`;
    const mark =
      look === 'image'
        ? channel(x, y, shape)
        : `<circle cx="${x}" cy="${y}" r="${RADIUS}" fill="#ffffff" stroke="${INK}" stroke-width="1.5"/>`;
    const name = names[index];
    if (name === undefined) return mark;
    const [at, anchor] = first ? [x - RADIUS - 8, 'end'] : [x + RADIUS + 8, 'start'];
    return `${mark}<text x="${at}" y="${y + 4}" text-anchor="${anchor}" fill="${INK}">${svgText(name)}</text>`;
  });
  return `<g>${heading}${marks.join('')}</g>`;
}

/** A channel in its own proportions. */
function channel(x: number, y: number, shape: Shape): string {
  const [, height = 1, width = 1] = shape;
  const scale = 26 / Math.max(height, width);
  const [w, h] = [Math.max(4, width * scale), Math.max(4, height * scale)];
  return `<rect x="${round(x - w / 2)}" y="${round(y - h / 2)}" width="${round(w)}" height="${round(h)}" fill="#ededfb" stroke="${INK}" stroke-width="1.5"/>`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
