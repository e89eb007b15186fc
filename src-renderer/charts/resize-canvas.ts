/** Gives a canvas a size. Setting one, even the same, makes another canvas: a picture that is drawn twenty times a second keeps its own. */
export function resizeCanvas(canvas: HTMLCanvasElement | OffscreenCanvas, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
