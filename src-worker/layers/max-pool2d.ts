import type { LayerDefinition } from './layer';
import { eachWindow, poolFields, poolOutput, poolWindow } from './pool-window';

/**
 * Max pooling: the largest number of every window, each channel by itself. Not in the notes; LeCun et al. 1998 pool by averages,
 * Ranzato et al. 2007 by the largest.
 *
 *   forward   z[c,u,v] = max over r, s of x[c, uS+r, vS+s]
 *   backward  dx at the winner of each window gains its delta; all other pixels get 0
 *
 * The first of equal numbers wins, in the order of rows. NaN wins over every number, so that it is not hidden.
 * x `[rows, channels, height, width]`, z and delta `[rows, channels, output height, output width]`.
 */
export const maxPool2d: LayerDefinition<'max-pool2d'> = {
  kind: 'max-pool2d',
  takes: 'image',
  label: 'Max-pool2d',
  summary: 'Keeps the largest number of every window: a smaller image of what was found, whatever its exact place.',
  fields: poolFields,
  equation: 'a^{[\\ell]}_{c,u,v} = \\max_{r,s}\\, a^{[\\ell-1]}_{c,\\,uS+r,\\,vS+s}',
  source: 'Ranzato et al. 2007',
  outputShape: poolOutput,
  parameters: () => [],
  parameterFormula: () => '',

  create(place) {
    const window = poolWindow(place);
    const { channels, width, kernelHeight, kernelWidth, outHeight, outWidth } = window;
    // Of the last forward pass: the index of each window's winner.
    let winners = new Uint32Array(0);
    return {
      forward(x, z, { rows }) {
        winners = new Uint32Array(rows * channels * outHeight * outWidth);
        eachWindow(window, rows, (output, corner) => {
          let winner = corner;
          for (let r = 0; r < kernelHeight; r++) {
            for (let s = 0; s < kernelWidth; s++) {
              const pixel = corner + r * width + s;
              const beaten = x[pixel]! > x[winner]! || Number.isNaN(x[pixel]!);
              if (beaten && !Number.isNaN(x[winner]!)) winner = pixel;
            }
          }
          winners[output] = winner;
          z[output] = x[winner]!;
        });
      },

      backward(_x, delta, dx) {
        dx?.fill(0);
        if (dx !== null) winners.forEach((winner, output) => (dx[winner]! += delta[output]!));
      },

      branch: () => winners.join(' '),
    };
  },
};
