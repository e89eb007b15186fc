import type { FeatureTransform } from '../../../src-worker/api';
import { HOLES } from '../../../src-worker/data/cell';
import { PERIODS } from '../../../src-worker/data/features/date';
import { quote } from '../code-text';

/**
 * Functions of the generated JavaScript that turn one raw cell into inputs: the rules of src-worker/data, written once more for
 * those who have only the file. Each is there only where a column needs it.
 */

export const CELLS = String.raw`const HOLES = [${[...HOLES].map(quote).join(', ')}];

/** Whether a cell says that its value is missing. @param {Cell} cell */
function isHole(cell) {
  if (typeof cell === "number") return Number.isNaN(cell);
  return cell === null || cell === undefined || HOLES.includes(cell.trim().toLowerCase());
}

/** The number that a text holds, with a decimal point or else a decimal comma; NaN where it holds none. @param {string} text */
function parseNumber(text) {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+|(?=,\d))(?:,\d*)?(?:e[+-]?\d+)?$/i.test(text))
    return Number(text.replaceAll(".", "").replace(",", "."));
  return NaN;
}
`;

const number = `
/** [(value - offset) * scale]; a missing value is fill. @param {Cell} cell */
function number(cell, { offset, scale, fill }) {
  const value = isHole(cell) ? fill : typeof cell === "number" ? cell : parseNumber(cell.trim());
  if (Number.isNaN(value) && !Number.isNaN(fill)) throw new TypeError(JSON.stringify(cell) + " is not a number");
  return [(value - offset) * scale];
}
`;

const category = `
/** One input per category, 1 for the one that the cell is; with other one more, for any other value. @param {Cell} cell */
function category(cell, categories, { other = false, fill = null } = {}) {
  const x = new Array(categories.length + (other ? 1 : 0)).fill(0);
  const text = isHole(cell) ? fill : String(cell).trim();
  if (text === null) return x;
  const exact = categories.indexOf(text);
  const found = exact === -1 ? categories.indexOf(String(parseNumber(text))) : exact;
  if (found !== -1) x[found] = 1;
  else if (other) x[categories.length] = 1;
  return x;
}
`;

const boolean = `
/** [1] for yes, [0] for no, [fill] for a missing value; 1.0 is the same word as 1. @param {Cell} cell */
function boolean(cell, { no, yes, fill }) {
  if (isHole(cell)) return [fill];
  const text = String(cell).trim();
  const value = parseNumber(text);
  const word = Number.isNaN(value) ? text.toLowerCase() : String(value);
  if (word === no) return [0];
  if (word === yes) return [1];
  throw new TypeError(JSON.stringify(cell) + " is neither " + yes + " nor " + no);
}
`;

const date = String.raw`
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const PERIODS = { day: ${PERIODS.day}, week: ${PERIODS.week}, year: ${PERIODS.year} }; // in days
const CLOCK =
  "(?:(?:T|,?\\s+)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*([AaPp][Mm])?\\s*(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?)?";
const DAY_NAME = "(?:[A-Za-z]{3,9},?\\s+)?";
const DATES = [
  [/^(\d{4})-(\d{2})()$/, ([year, month]) => [year, month, 1]],
  [new RegExp("^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})" + CLOCK + "$"), ([y, , m, d, ...clock]) => [y, m, d, ...clock]],
  [
    new RegExp("^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})" + CLOCK + "$"),
    ([one, sign, two, year, ...clock], dayFirst) =>
      sign === "." || dayFirst ? [year, two, one, ...clock] : [year, one, two, ...clock],
  ],
  [
    new RegExp("^" + DAY_NAME + "(\\d{1,2})[-\\s]([A-Za-z]{3,9})\\.?,?[-\\s](\\d{4}|\\d{2})" + CLOCK + "$"),
    ([day, name, year, ...clock]) => [year, monthOf(name), day, ...clock],
  ],
  [
    new RegExp("^" + DAY_NAME + "([A-Za-z]{3,9})\\.?\\s+(\\d{1,2}),?\\s+(\\d{4})" + CLOCK + "$"),
    ([name, day, year, ...clock]) => [year, monthOf(name), day, ...clock],
  ],
];

function monthOf(name) {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** Seconds since midnight UTC; NaN for no time of day. */
function secondsOfClock([hours, minutes, seconds = "0", fraction = "0", half, zone]) {
  if (hours === undefined) return 0;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  }
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return NaN;
  const [, sign, h, m] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? "") ?? [null, "+", "0", "0"];
  const shift = (Number(h) * 60 + Number(m)) * (sign === "-" ? -60 : 60);
  return (hour * 60 + Number(minutes)) * 60 + Number(seconds) + Number("0." + fraction) - shift;
}

/** Days since 1970-01-01 UTC of a date such as 2024-03-05, 5.3.2024 14:30 or 5 Mar 2024; NaN where it is none. */
function parseDate(text, dayFirst) {
  for (const [pattern, order] of DATES) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const [figures, month, day, ...clock] = order(found.slice(1), dayFirst);
    const short = String(figures).length === 2;
    const year = Number(figures) + (short ? (Number(figures) < 69 ? 2000 : 1900) : 0);
    const date = new Date(0);
    date.setUTCFullYear(year, Number(month) - 1, Number(day));
    if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return NaN;
    return (date.getTime() / 1000 + secondsOfClock(clock)) / 86400;
  }
  return NaN;
}

/** Days since 1970-01-01 UTC of a number: seconds or milliseconds since then, or figures such as 20240305. */
function daysOfNumber(value, unit) {
  if (unit !== "figures") return value / (unit === "seconds" ? 86400 : 86400000);
  const text = String(value).padStart(8, "0");
  return parseDate(text.slice(0, 4) + "-" + text.slice(4, 6) + "-" + text.slice(6), true);
}

/** [(days - offset) * scale], then sin and cos of 2 pi days / period for each cycle. @param {Cell} cell */
function date(cell, { dayFirst, unit, offset, scale, fill, cycles }) {
  let days = fill;
  if (!isHole(cell)) {
    const text = String(cell).trim();
    days = typeof cell === "number" ? NaN : parseDate(text, dayFirst);
    if (Number.isNaN(days)) days = daysOfNumber(parseNumber(text), unit);
    if (Number.isNaN(days)) throw new TypeError(JSON.stringify(cell) + " is not a date");
  }
  const angles = cycles.map((cycle) => 2 * Math.PI * ((days / PERIODS[cycle]) % 1));
  return [(days - offset) * scale, ...angles.flatMap((angle) => [Math.sin(angle), Math.cos(angle)])];
}
`;

/** The function that reads the cells of each type of column. */
export const CELL_FUNCTIONS = { number, category, boolean, date } satisfies Readonly<
  Record<FeatureTransform['type'], string>
>;
