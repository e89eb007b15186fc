import { correlateRow, panelsOf, panelStart } from './correlation';
import { imageTable } from './convolution-image';
import { Window } from './window';

/**
 * z = b + W ∗ x for rows `from` to `to` of the output, counted over the examples: a row is `[outWidth]` under every filter.
 *
 * @param w       description of the window
 * @param image   x, or what convolutionImage made of it
 * @param W       `[filters, taps]`
 * @param z       `[rows, filters, outHeight, outWidth]`
 * @param scratch convolutionScratchBytes of ../scratch.ts
 */
export function convolution(
  w: usize,
  image: usize,
  W: usize,
  b: usize,
  z: usize,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const filters = Window.filters(w);
  const taps = Window.taps(w);
  const outHeight = Window.outHeight(w);
  const outWidth = Window.outWidth(w);
  const imageRow = (<usize>Window.imageRow(w)) << 2;
  const example = <usize>(Window.channels(w) * Window.imageHeight(w)) * imageRow;
  const step = <usize>Window.strideHeight(w) * imageRow;
  const filterBytes = (<usize>Window.positions(w)) << 2;
  const table = scratch;
  const packed = scratch + ((<usize>taps) << 2);
  imageTable(w, table);
  packFilters(W, filters, taps, packed);
  const panels = panelsOf(filters);
  for (let row = from; row < to; row++) {
    const i = row / outHeight;
    const u = row - i * outHeight;
    const at = image + <usize>i * example + <usize>u * step;
    const out = z + <usize>(i * filters) * filterBytes + ((<usize>(u * outWidth)) << 2);
    for (let panel = 0; panel < panels; panel++) {
      const f = panelStart(filters, panel);
      correlateRow(
        panelStart(filters, panel + 1) - f,
        outWidth,
        taps,
        table,
        at,
        packed + ((<usize>(f * taps)) << 2),
        out + <usize>f * filterBytes,
        filterBytes,
        b + ((<usize>f) << 2),
      );
    }
  }
}

/** `[filters, taps]` into panels `[taps, rows]`. */
function packFilters(W: usize, filters: i32, taps: i32, packed: usize): void {
  const panels = panelsOf(filters);
  for (let panel = 0; panel < panels; panel++) {
    const first = panelStart(filters, panel);
    const rows = panelStart(filters, panel + 1) - first;
    for (let k = 0; k < taps; k++) {
      for (let i = 0; i < rows; i++) {
        f32.store(packed, f32.load(W + ((<usize>((first + i) * taps + k)) << 2)));
        packed += 4;
      }
    }
  }
}
