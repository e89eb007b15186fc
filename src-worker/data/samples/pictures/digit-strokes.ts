type Point = readonly [x: number, y: number];

/** Points of an ellipse about (x, y), from one angle to another in degrees, clockwise from the right as y grows downwards. */
function arc(x: number, y: number, rx: number, ry: number, from: number, to: number): readonly Point[] {
  const steps = Math.max(4, Math.ceil(Math.abs(to - from) / 25));
  return Array.from({ length: steps + 1 }, (_, k): Point => {
    const angle = ((from + ((to - from) * k) / steps) * Math.PI) / 180;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
  });
}

/** The strokes of each digit in a box from (0, 0), above on the left, to (1, 1). */
const strokes: readonly (readonly (readonly Point[])[])[] = [
  [arc(0.5, 0.5, 0.42, 0.5, -90, 270)],
  [
    [
      [0.25, 0.2],
      [0.55, 0],
      [0.55, 1],
    ],
  ],
  [[...arc(0.5, 0.27, 0.4, 0.27, -170, 40), [0.08, 1], [0.95, 1]]],
  [[...arc(0.45, 0.25, 0.4, 0.25, -150, 90), ...arc(0.45, 0.74, 0.45, 0.26, -90, 150)]],
  [
    [
      [0.62, 0],
      [0.05, 0.65],
      [0.98, 0.65],
    ],
    [
      [0.7, 0.3],
      [0.7, 1],
    ],
  ],
  [[[0.9, 0], [0.2, 0], [0.14, 0.45], ...arc(0.45, 0.68, 0.43, 0.32, -120, 140)]],
  [[[0.75, 0], [0.35, 0.25], ...arc(0.5, 0.7, 0.4, 0.3, -160, 200)]],
  [
    [
      [0.05, 0],
      [0.95, 0],
      [0.4, 1],
    ],
  ],
  [arc(0.5, 0.24, 0.36, 0.24, 90, 450), arc(0.5, 0.74, 0.43, 0.26, -90, 270)],
  [[...arc(0.5, 0.3, 0.4, 0.3, 20, 380), [0.85, 0.6], [0.6, 1]]],
];

export function strokesOf(digit: number): readonly (readonly Point[])[] {
  return strokes[digit]!;
}
