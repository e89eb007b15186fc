import type { Extent, Padding } from '../experiment/document';
import type { ExtentField } from '../experiment/field';
import { fail, succeed, type Outcome, type Problem } from '../problem';
import type { LayerPlace } from './layer';

/** A window that slides over an image: what convolution and pooling have in common. Lengths in pixels. */
export interface Window {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Height and width of the window: the notes' f. */
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  /** What the window moves on by: the notes' S. */
  readonly strideHeight: number;
  readonly strideWidth: number;
  /** Zeros above and to the left of the image; those below and to the right follow from the output. */
  readonly padTop: number;
  readonly padLeft: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/** What slides: its document's words for itself. */
export interface Sliding {
  readonly kernel: Extent;
  readonly stride: Extent;
  readonly padding: Padding;
  /** The field that holds `kernel`. */
  readonly field: 'kernel' | 'size';
  /** As messages call it. */
  readonly noun: 'kernel' | 'window';
}

/** Larger windows are a slip of the finger. */
const MOST = 1024;

export const strideField: Pick<ExtentField, 'name' | 'label' | 'symbol' | 'type' | 'min' | 'max'> = {
  name: 'stride',
  label: 'Stride',
  symbol: 'S[ℓ]',
  type: 'extent',
  min: 1,
  max: MOST,
};

export const kernelField: Pick<ExtentField, 'type' | 'min' | 'max' | 'symbol'> = {
  symbol: 'f[ℓ]',
  type: 'extent',
  min: 1,
  max: MOST,
};

export const MOST_PADDING = MOST;

/** `5` as 5 and 5, `[height, width]` as it is. */
export function bothOf(extent: Extent): readonly [height: number, width: number] {
  return typeof extent === 'number' ? [extent, extent] : extent;
}

/**
 * Where a window stands on the image that comes in: n_out = ⌊(n + p − f) / S⌋ + 1 with p zeros in all, Index notes §3 for p = 0.
 * `same` pads so that n_out = ⌈n / S⌉, the odd zero below and to the right.
 *
 * @returns why it does not fit: no image comes in, it is larger than the image, a number is none that makes sense
 */
export function placeWindow({ name, path, inputShape }: LayerPlace, sliding: Sliding): Outcome<Window> {
  const { kernel, stride, padding, field, noun } = sliding;
  if (inputShape.length !== 3) return fail(notAnImage(name, path, inputShape));
  const [channels, height, width] = inputShape as readonly [number, number, number];
  const [kernelHeight, kernelWidth] = bothOf(kernel);
  const [strideHeight, strideWidth] = bothOf(stride);
  for (const [key, word, numbers] of [
    [field, noun, [kernelHeight, kernelWidth]],
    ['stride', 'stride', [strideHeight, strideWidth]],
  ] as const) {
    if (numbers.every((number) => Number.isSafeInteger(number) && number >= 1 && number <= MOST)) continue;
    return fail({
      code: `layer/${key}`,
      message: `${name} expects a ${word} of 1 to ${MOST}, but has ${inWords(numbers)}.`,
      hint: `Give its ${word} a whole number in that range.`,
      path: `${path}.${key}`,
    });
  }
  if (typeof padding === 'number' && !(Number.isSafeInteger(padding) && padding >= 0 && padding <= MOST_PADDING)) {
    return fail({
      code: 'layer/padding',
      message: `${name} expects a padding of 0 to ${MOST_PADDING}, but has ${padding}.`,
      hint: 'Give it a whole number in that range, or choose Same or Valid.',
      path: `${path}.padding`,
    });
  }
  const down = along(height, kernelHeight, strideHeight, padding);
  const across = along(width, kernelWidth, strideWidth, padding);
  if (down.out < 1 || across.out < 1) {
    const padded = typeof padding === 'number' && padding > 0 ? ` with its padding of ${padding}` : '';
    const most = `${height + down.pads} × ${width + across.pads}`;
    return fail({
      code: 'layer/window-too-large',
      message: `${name} has a ${noun} of ${kernelHeight} × ${kernelWidth}, larger than its ${height} × ${width} input${padded}.`,
      hint: `Make its ${noun} at most ${most}${noun === 'kernel' ? ', or its padding Same' : ''}.`,
      path: `${path}.${field}`,
    });
  }
  return succeed({
    channels,
    height,
    width,
    kernelHeight,
    kernelWidth,
    strideHeight,
    strideWidth,
    padTop: down.before,
    padLeft: across.before,
    outHeight: down.out,
    outWidth: across.out,
  });
}

/** The window of a place that is known to fit. */
export function windowAt(place: LayerPlace, sliding: Sliding): Window {
  const placed = placeWindow(place, sliding);
  if (!placed.ok) throw new RangeError(placed.problems[0]!.message);
  return placed.value;
}

/** One direction: zeros before, in all, and positions of the window; 0 or fewer where it does not fit. */
function along(size: number, kernel: number, stride: number, padding: Padding) {
  if (padding === 'same') {
    const out = Math.ceil(size / stride);
    const pads = Math.max(0, (out - 1) * stride + kernel - size);
    return { before: Math.floor(pads / 2), pads, out };
  }
  const before = padding === 'valid' ? 0 : padding;
  return { before, pads: 2 * before, out: Math.floor((size + 2 * before - kernel) / stride) + 1 };
}

function notAnImage(name: string, path: string, inputShape: readonly number[]): Problem {
  const numbers = inputShape.reduce((product, n) => product * n, 1);
  return {
    code: 'layer/no-image',
    message: `${name} expects an image of channels × height × width, but gets ${numbers} ${numbers === 1 ? 'number' : 'numbers'} in a row.`,
    hint: 'Use it on image data, before any dense or flatten layer; for the columns of a table use dense layers.',
    path,
  };
}

function inWords([height, width]: readonly [number, number]): string {
  return height === width ? String(height) : `${height} × ${width}`;
}
