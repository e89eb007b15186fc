import type { Padding } from '../../src-worker/experiment/document';
import type { Shape } from '../../src-worker/tensor';
import { placeWindow } from '../../src-worker/layers/window';
import { Unsupported, type Operation } from './unsupported';

/** A sliding window as foreign models describe it. */
export interface ForeignWindow {
  readonly kernel: readonly [height: number, width: number];
  readonly stride: readonly [height: number, width: number];
  /** Zeros above, left, below and right; or as many as give ⌈n / stride⌉ outputs, the odd one below and to the right. */
  readonly pads: readonly [number, number, number, number] | 'same';
}

/** The app's word for those zeros. Different numbers may be the same where the last window does not reach the edge. */
export function paddingOf(at: Operation, shape: Shape, { kernel, stride, pads }: ForeignWindow): Padding {
  if (shape.length !== 3)
    throw new Unsupported(at, `takes ${shape.length} axes besides the batch`, 'images of channels × height × width');
  if (pads === 'same') return 'same';
  const [top, left, below, right] = pads;
  const rows = Math.floor((shape[1]! + top + below - kernel[0]) / stride[0]) + 1;
  const columns = Math.floor((shape[2]! + left + right - kernel[1]) / stride[1]) + 1;
  const candidates: readonly Padding[] = ['valid', 'same', top];
  const found = candidates.find((padding) => {
    const place = { layer: { kind: 'flatten' as const }, name: '', path: '', inputShape: shape };
    const window = placeWindow(place, { kernel, stride, padding, field: 'kernel', noun: 'kernel' });
    if (!window.ok) return false;
    const { padTop, padLeft, outHeight, outWidth } = window.value;
    return padTop === top && padLeft === left && outHeight === rows && outWidth === columns;
  });
  if (found === undefined)
    throw new Unsupported(
      at,
      `pads by ${pads.join(', ')}`,
      'as many zeros on every side, none, or those of SAME_UPPER',
    );
  return found;
}

/** Pools have no zeros around them. */
export function stayingInside(at: Operation, shape: Shape, window: ForeignWindow): void {
  if (paddingOf(at, shape, window) === 'valid') return;
  // With a window that divides the image, `same` adds nothing.
  const whole =
    window.pads === 'same' &&
    [0, 1].every((axis) => {
      const [size, kernel, stride] = [shape[axis + 1]!, window.kernel[axis]!, window.stride[axis]!];
      return (
        (Math.ceil(size / stride) - 1) * stride + kernel <= size &&
        Math.ceil(size / stride) === Math.floor((size - kernel) / stride) + 1
      );
    });
  if (!whole) throw new Unsupported(at, 'pads its image', 'pools without padding');
}
