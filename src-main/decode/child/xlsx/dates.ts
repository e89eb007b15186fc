const DAY_MS = 86_400_000;
/** The day 1970-01-01 in both systems. */
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;
/** 9999-12-31, the last day of the 1900 system. */
const LAST_DAY = 2_958_465;
/** The 1900 system counts a 29th of February that there was not; days before it are one off. */
const PHANTOM_DAY = 60;

/**
 * A serial date as milliseconds since 1970-01-01 UTC; null where it is none. Source: ECMA-376 part 1, §18.17.4.1.
 * @param date1904 whether the workbook counts from 1904-01-01 instead of the last day of 1899
 */
export function serialToMs(serial: number, date1904: boolean): number | null {
  if (!(serial >= 0 && serial < LAST_DAY + 1)) return null;
  const days = date1904 ? serial - EPOCH_1904 : serial - EPOCH_1900 + (serial < PHANTOM_DAY ? 1 : 0);
  return Math.round(days * DAY_MS);
}

/** The seconds of a time of day or a span of time, to the millisecond. */
export function serialToSeconds(serial: number): number {
  return Math.round(serial * DAY_MS) / 1_000;
}

/** ISO 8601 as cells of type d hold it; a time without zone is UTC, as everywhere here. */
export function isoToMs(text: string): number | null {
  const ms = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`);
  return Number.isNaN(ms) ? null : ms;
}
