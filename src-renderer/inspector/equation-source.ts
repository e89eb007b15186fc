/**
 * Puts a layer's number into a general equation: of layer 2, `W^{[\ell]} a^{[\ell-1]}` is `W^{[2]} a^{[1]}`; of layer 1, `W^{[1]} x`.
 * @param before number of the layer in front of it, which is another one where layers are switched off; 0 for the input
 */
export function withLayerNumber(source: string, number: number, before = number - 1): string {
  return source
    .replaceAll(/\[\\ell\s*-\s*1\]/g, `[${before}]`)
    .replaceAll(/\[\\ell\s*\+\s*1\]/g, `[${number + 1}]`)
    .replaceAll('[\\ell]', `[${number}]`)
    .replaceAll('a^{[0]}', 'x');
}

/** Equations that a wide `\qquad` sets side by side, one below the other: the inspector is narrow. */
export function equationLines(source: string): readonly string[] {
  return source.split(/,?\s*\\qquad\s*/).filter((line) => line !== '');
}
