/** A colour as numbers from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Straight from one colour to the other: `share` 0 is `from`, 1 is `to`. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

/** `#rrggbb` as numbers. */
export function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function toCss([red, green, blue]: Rgb): string {
  return `rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;
}

/** Okabe and Ito's palette, safe for colour-blind eyes, in the order that we hand it out: to classes and to runs. */
const OKABE_ITO = ['#e69f00', '#009e73', '#56b4e9', '#cc79a7', '#f0e442', '#0072b2', '#d55e00'] as const;

/** What each further round of the palette keeps of a colour. */
const KEPT = 0.45;

/** What colours pictures of data: two ends and the middle between them, taken from the theme. */
export interface DataColors {
  /** Class 0, low values. */
  readonly negative: Rgb;
  /** Class 1, high values. */
  readonly positive: Rgb;
  /** The page: undecided, neither high nor low. */
  readonly neutral: Rgb;
  readonly ink: Rgb;
}

/**
 * A colour for each class: the two signs for two classes, Okabe–Ito for more. From the eighth class on the palette comes again, drawn
 * towards the ink, because no palette has more colours that every eye can tell apart: so far that ten classes are no closer together
 * than the palette's own seven.
 */
export function classColors(classes: number, colors: DataColors): Rgb[] {
  if (classes <= 2) return [colors.negative, colors.positive];
  return Array.from({ length: classes }, (_, index) => {
    const color = fromHex(OKABE_ITO[index % OKABE_ITO.length]!);
    const round = Math.floor(index / OKABE_ITO.length);
    return mix(color, colors.ink, 1 - KEPT ** round);
  });
}
