import type { DateOrder } from '../experiment/document';

export const DAY_MS = 86_400_000;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const time = String.raw`(?:(?:T|,?\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp][Mm])?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?`;
const iso = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`);
const isoMonth = /^(\d{4})-(\d{2})$/;
const numeric = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${time}$`);
const dayName = String.raw`(?:[A-Za-z]{3,9},?\s+)?`;
const dayMonth = new RegExp(String.raw`^${dayName}(\d{1,2})[-\s]([A-Za-z]{3,9})\.?,?[-\s](\d{4}|\d{2})${time}$`);
const monthDay = new RegExp(String.raw`^${dayName}([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})${time}$`);

/**
 * Milliseconds since 1970-01-01 UTC of a trimmed text; NaN where it is no date that exists.
 *
 * Read are ISO 8601 (2024-03-05, 2024-03, with / or . for the dash), day and month in figures with a year behind them
 * (5.3.2024, 3/5/24), and English names of months (5 Mar 2024, March 5, 2024), each with or without a time of day. With points the
 * day comes first; otherwise `order` says so. A time without a zone counts as UTC. Two figures of a year mean 1969 to 2068.
 */
export function parseDate(text: string, order: DateOrder): number {
  const first = text.charCodeAt(0);
  // Digits and letters begin a date, and nothing shorter than 2024-03 is one: most texts are refused here.
  if (text.length < 6 || text.length > 40 || !((first >= 48 && first <= 57) || (first >= 65 && first <= 122)))
    return NaN;
  const byIso = iso.exec(text);
  if (byIso !== null) return build(byIso[1]!, Number(byIso[3]), byIso[4]!, byIso.slice(5));
  const byMonth = isoMonth.exec(text);
  if (byMonth !== null) return build(byMonth[1]!, Number(byMonth[2]), '1', []);
  const byFigures = numeric.exec(text);
  if (byFigures !== null) {
    const [, one, separator, two, year, ...rest] = byFigures;
    const dayFirst = separator === '.' || order === 'day-first';
    return build(year!, Number(dayFirst ? two : one), dayFirst ? one! : two!, rest);
  }
  const named = dayMonth.exec(text);
  if (named !== null) return build(named[3]!, monthOf(named[2]!), named[1]!, named.slice(4));
  const american = monthDay.exec(text);
  return american === null ? NaN : build(american[3]!, monthOf(american[1]!), american[2]!, american.slice(4));
}

/** Whether a text is written in figures such that only a convention says which of them is the day. */
export function needsOrder(text: string): boolean {
  return /^\d{1,2}([-/])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)/.test(text);
}

function monthOf(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function build(yearText: string, month: number, dayText: string, clock: readonly (string | undefined)[]): number {
  const short = yearText.length === 2;
  const figures = Number(yearText);
  const year = short ? figures + (figures < 69 ? 2000 : 1900) : figures;
  const day = Number(dayText);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // JavaScript takes the 31st of April for the 1st of May.
  if (month < 1 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return NaN;
  return date.getTime() + clockMs(clock);
}

/** Time of day, brought to UTC. */
function clockMs([hours, minutes, seconds = '0', fraction = '0', half, zone]: readonly (string | undefined)[]): number {
  if (hours === undefined || minutes === undefined) return 0;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return NaN;
  const ms = ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(`0.${fraction}`) * 1000;
  return ms - zoneMs(zone);
}

function zoneMs(zone: string | undefined): number {
  const parts = zone === undefined ? null : /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (parts === null) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3])) * 60_000;
}
