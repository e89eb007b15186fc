import type { LayerDefinition } from './layer';
import { eachWindow, poolFields, poolOutput, poolWindow } from './pool-window';

/**
 * Average pooling: the mean of every window, each channel by itself. Not in the notes; LeCun et al. 1998, there with a weight and
 * a bias of its own.
 *
 *   forward   z[c,u,v] = 1/(f f) Σ_r Σ_s x[c, uS+r, vS+s]
 *   backward  dx[c, uS+r, vS+s] = 1/(f f) delta[c,u,v], summed where windows overlap
 *
 * x `[rows, channels, height, width]`, z and delta `[rows, channels, output height, output width]`.
 */
export const avgPool2d: LayerDefinition<'avg-pool2d'> = {
  kind: 'avg-pool2d',
  takes: 'image',
  label: 'Avg-pool2d',
  summary: 'Keeps the mean of every window: a smaller, smoother image.',
  fields: poolFields,
  equation: 'a^{[\\ell]}_{c,u,v} = \\frac{1}{f_h f_w} \\sum_{r,s} a^{[\\ell-1]}_{c,\\,uS+r,\\,vS+s}',
  source: 'LeCun et al. 1998',
  outputShape: poolOutput,
  parameters: () => [],
  parameterFormula: () => '',

  create(place) {
    const window = poolWindow(place);
    const { width, kernelHeight, kernelWidth } = window;
    const area = kernelHeight * kernelWidth;
    return {
      forward(x, z, { rows }) {
        eachWindow(window, rows, (output, corner) => {
          let sum = 0;
          for (let r = 0; r < kernelHeight; r++) {
            for (let s = 0; s < kernelWidth; s++) sum += x[corner + r * width + s]!;
          }
          z[output] = sum / area;
        });
      },

      backward(_x, delta, dx, { rows }) {
        if (dx === null) return;
        dx.fill(0);
        eachWindow(window, rows, (output, corner) => {
          const share = delta[output]! / area;
          for (let r = 0; r < kernelHeight; r++) {
            for (let s = 0; s < kernelWidth; s++) dx[corner + r * width + s]! += share;
          }
        });
      },
    };
  },
};
