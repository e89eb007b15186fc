import type { Shape } from '../../../src-worker/api';

/** Paints an image of bytes `[channels, height, width]` on a canvas of its own size: one channel is grey, three are red, green and blue. */
export function paintImage(
  node: HTMLCanvasElement,
  pixels: Uint8Array,
  [channels = 1, height = 1, width = 1]: Shape,
): void {
  const image = new ImageData(width, height);
  const plane = width * height;
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = pixels[(channels === 3 ? c * plane : 0) + i] ?? 0;
    image.data[4 * i + 3] = 255;
  }
  node.width = width;
  node.height = height;
  node.getContext('2d')?.putImageData(image, 0, 0);
}
