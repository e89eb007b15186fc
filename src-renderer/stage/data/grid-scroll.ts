/**
 * Browsers lay out no element of more than about 33 million pixels, half of that on screens of double density. Longer tables get a
 * track of this height, along which one pixel stands for several rows' pixels.
 */
export const LONGEST_TRACK = 8_000_000;

/** How positions of rows and of a scrollbar belong together. Rows are counted from 0, with parts of a row as fractions. */
export interface GridTrack {
  /** Height in pixels of all rows together, as the scrollbar knows it. */
  readonly height: number;
  /** Whether one pixel of the track is more than one of the rows: the wheel must then be translated. */
  readonly compressed: boolean;
  /** The row at the upper edge, for a scroll position in pixels. */
  rowAt(scrollTop: number): number;
  /** The scroll position that has a row at the upper edge. */
  scrollTopOf(row: number): number;
}

/** The track of `rows` rows of `rowHeight` pixels, of which `viewport` pixels are seen. */
export function gridTrack(rows: number, rowHeight: number, viewport: number): GridTrack {
  const whole = rows * rowHeight;
  const height = Math.min(whole, LONGEST_TRACK);
  const lastTop = Math.max(0, rows - viewport / rowHeight);
  const lastScroll = Math.max(0, height - viewport);
  const rowsPerPixel = lastScroll === 0 ? 0 : lastTop / lastScroll;
  return {
    height,
    compressed: whole > LONGEST_TRACK,
    rowAt: (scrollTop) => Math.max(0, Math.min(lastTop, scrollTop * rowsPerPixel)),
    scrollTopOf: (row) => (rowsPerPixel === 0 ? 0 : Math.max(0, Math.min(lastTop, row)) / rowsPerPixel),
  };
}

/** The row to have at the upper edge so that `row` is seen, moving as little as possible. */
export function topShowing(row: number, top: number, rowHeight: number, viewport: number): number {
  const seen = viewport / rowHeight;
  if (row < top) return row;
  return row + 1 > top + seen ? row + 1 - seen : top;
}
