import { describe, expect, it } from 'vitest';
import { boundaryImage, signColor } from './boundary-image';
import { classColors, fromHex, mix, toCss, type DataColors } from './color';

const colors: DataColors = {
  negative: [200, 100, 0],
  positive: [0, 100, 200],
  neutral: [255, 255, 255],
  ink: [0, 0, 0],
};
const pixel = (image: Uint8ClampedArray, index: number) => [...image.slice(index * 4, index * 4 + 4)];

describe('colours', () => {
  it('are read and written', () => expect(toCss(fromHex('#e69f00'))).toBe('rgb(230, 159, 0)'));

  it('mix in a straight line', () => expect(mix([0, 0, 0], [100, 200, 50], 0.5)).toEqual([50, 100, 25]));

  it('give two classes the two signs', () =>
    expect(classColors(2, colors)).toEqual([colors.negative, colors.positive]));

  it('give every one of ten classes its own', () => {
    expect(new Set(classColors(10, colors).map(toCss)).size).toBe(10);
  });
});

describe('signColor', () => {
  it('is neutral at zero and clamps beyond one', () => {
    expect(signColor(0, colors)).toEqual(colors.neutral);
    expect(signColor(5, colors)).toEqual(signColor(1, colors));
  });

  it('goes to the side of the sign', () => {
    expect(signColor(-1, colors)[0]).toBeGreaterThan(signColor(-1, colors)[2]);
    expect(signColor(1, colors)[2]).toBeGreaterThan(signColor(1, colors)[0]);
  });
});

describe('boundaryImage', () => {
  it('puts the highest y on top', () => {
    const image = boundaryImage(
      { columns: 1, rows: 2, outputs: 1, values: Float32Array.of(0, 1) },
      { kind: 'classes', count: 2 },
      colors,
    );
    expect(pixel(image, 0)[2]).toBeGreaterThan(pixel(image, 0)[0]!);
    expect(pixel(image, 1)[0]).toBeGreaterThan(pixel(image, 1)[2]!);
    expect(pixel(image, 0)[3]).toBe(255);
  });

  it('reads two outputs as one probability', () => {
    const one = { columns: 1, rows: 1, outputs: 1, values: Float32Array.of(0.25) };
    const two = { columns: 1, rows: 1, outputs: 2, values: Float32Array.of(0.75, 0.25) };
    const meaning = { kind: 'classes', count: 2 } as const;
    expect(boundaryImage(two, meaning, colors)).toEqual(boundaryImage(one, meaning, colors));
  });

  it('blends several classes by their shares, whether or not the outputs sum to one', () => {
    const sure = { columns: 1, rows: 1, outputs: 3, values: Float32Array.of(1, 0, 0) };
    const scaled = { columns: 1, rows: 1, outputs: 3, values: Float32Array.of(0.4, 0, 0) };
    const meaning = { kind: 'classes', count: 3 } as const;
    expect(boundaryImage(scaled, meaning, colors)).toEqual(boundaryImage(sure, meaning, colors));
    const [red, , blue] = pixel(boundaryImage(sure, meaning, colors), 0);
    expect(red).toBeGreaterThan(blue!); // the first class of three is Okabe and Ito's orange
  });

  it('maps values over their range', () => {
    const image = boundaryImage(
      { columns: 3, rows: 1, outputs: 1, values: Float32Array.of(10, 15, 20) },
      { kind: 'values', range: { min: 10, max: 20 } },
      colors,
    );
    expect(pixel(image, 1)).toEqual([255, 255, 255, 255]);
    expect(pixel(image, 0)[0]).toBeGreaterThan(pixel(image, 0)[2]!);
    expect(pixel(image, 2)[2]).toBeGreaterThan(pixel(image, 2)[0]!);
  });
});
