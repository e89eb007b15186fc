/** Red, green and blue from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Shares of a pixel that its four sample points lie at, from its corner. */
const SAMPLES = [0.25, 0.75] as const;

/** A picture of red, green and blue planes, `[3, height, width]`, to be painted back to front. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.values = new Float32Array(3 * width * height);
  }

  /**
   * Paints what `colourAt` says at each point, in units of pixels; null leaves what lies behind. Every pixel is the mean of four points,
   * so that edges are smooth.
   */
  paint(
    colourAt: (x: number, y: number) => Colour | null,
    box: { left: number; top: number; right: number; bottom: number } = {
      left: 0,
      top: 0,
      right: this.width,
      bottom: this.height,
    },
  ): void {
    const [left, right] = [Math.max(0, Math.floor(box.left)), Math.min(this.width, Math.ceil(box.right))];
    const [top, bottom] = [Math.max(0, Math.floor(box.top)), Math.min(this.height, Math.ceil(box.bottom))];
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) this.paintPixel(row, column, colourAt);
    }
  }

  /** Darkens by a factor from 0 to 1 per point, such as a shadow does. */
  shade(factorAt: (x: number, y: number) => number): void {
    const plane = this.width * this.height;
    for (let row = 0; row < this.height; row++) {
      for (let column = 0; column < this.width; column++) {
        const factor = factorAt(column + 0.5, row + 0.5);
        for (let channel = 0; channel < 3; channel++) {
          this.values[channel * plane + row * this.width + column]! *= factor;
        }
      }
    }
  }

  private paintPixel(row: number, column: number, colourAt: (x: number, y: number) => Colour | null): void {
    const plane = this.width * this.height;
    const at = row * this.width + column;
    for (const dy of SAMPLES) {
      for (const dx of SAMPLES) {
        const colour = colourAt(column + dx, row + dy);
        if (colour === null) continue;
        // The mean of the four: each takes a quarter of what the three others left of the background.
        for (let channel = 0; channel < 3; channel++) this.sums[channel]! += colour[channel]!;
        this.covered++;
      }
    }
    if (this.covered > 0) {
      const share = this.covered / 4;
      for (let channel = 0; channel < 3; channel++) {
        const behind = this.values[channel * plane + at]!;
        this.values[channel * plane + at] = (1 - share) * behind + this.sums[channel]! / 4;
      }
    }
    this.sums.fill(0);
    this.covered = 0;
  }

  private readonly sums = new Float64Array(3);
  private covered = 0;
}

/** `share` of b and the rest of a. */
export function blend(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

export function dim([red, green, blue]: Colour, factor: number): Colour {
  return [red * factor, green * factor, blue * factor];
}
