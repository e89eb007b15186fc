import type { OfficePackage } from './package';
import { readXml } from './xml';

/** What a number is by the format that shows it. */
export type Shown = 'number' | 'date' | 'time';

/**
 * By the index of a cell's style, what its numbers are. Source: ECMA-376 part 1, §18.8.10 (cellXfs) and §18.8.30 (numFmt).
 */
export async function readStyles(file: string, parts: OfficePackage, part: string | null): Promise<readonly Shown[]> {
  const formats = new Map<number, string>();
  const shown: Shown[] = [];
  if (part === null || !parts.has(part)) return shown;
  let inCellFormats = false;
  await readXml(parts.read(part), file, {
    open(element, get) {
      if (element === 'numFmt') formats.set(Number(get('numFmtId')), get('formatCode') ?? '');
      if (element === 'cellXfs') inCellFormats = true;
      if (element === 'xf' && inCellFormats) {
        const id = Number(get('numFmtId') ?? 0);
        const code = formats.get(id);
        shown.push(code === undefined ? builtIn(id) : shownBy(code));
      }
    },
    text: () => undefined,
    close(element) {
      if (element === 'cellXfs') inCellFormats = false;
    },
  });
  return shown;
}

/** 14 to 17 and 22 are dates, 18 to 21 and 45 to 47 times; 27 to 36 and 50 to 58 dates of East Asia. */
function builtIn(id: number): Shown {
  const within = (from: number, to: number): boolean => id >= from && id <= to;
  if (within(14, 17) || id === 22 || within(27, 31) || id === 36 || within(50, 54) || within(57, 58)) return 'date';
  return within(18, 21) || within(32, 35) || within(45, 47) || within(55, 56) ? 'time' : 'number';
}

/** By its letters: y, d, and m away from h and s make a date; h, s and m beside them a time. Source: §18.8.31. */
export function shownBy(code: string): Shown {
  // Only for numbers above zero; what stands in quotes, behind a backslash, an underscore or a star, or in brackets is no letter
  // of the format, but for elapsed hours, minutes and seconds.
  const letters = (code.split(';', 1)[0] ?? '')
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(h+|m+|s+)\]/gi, '$1')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/general|standard/gi, '')
    .toLowerCase();
  if (/[yd]/.test(letters)) return 'date';
  if (/[hs]/.test(letters)) return 'time';
  return /m/.test(letters) ? 'date' : 'number';
}
