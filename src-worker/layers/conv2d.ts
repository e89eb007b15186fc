import { activations } from '../activations';
import { fail, succeed } from '../problem';
import type { LayerDefinition, LayerOf, LayerPlace } from './layer';
import { kernelField, MOST_PADDING, placeWindow, strideField, windowAt, type Sliding, type Window } from './window';

/** More filters than this is a slip of the finger. */
const MOST_FILTERS = 4096;

/** The window of a convolution at a place that fits. */
export function conv2dWindow(place: LayerPlace<'conv2d'>): Window {
  return windowAt(place, slidingOf(place.layer));
}

/**
 * Convolution: filters slide over the image, every position shares their weights (CS229 notes §3.3.2). As everywhere in the
 * field the filters are not flipped. u, v run over the output, r, s over the kernel, c over the channels:
 *
 *   forward   z[f,u,v] = b[f] + Σ_c Σ_r Σ_s W[f,c,r,s] x[c, uS+r−p, vS+s−p]        Index notes (15), CS229 notes (3.39)
 *   backward  dW[f,c,r,s] = (1/m) Σ_i Σ_u Σ_v delta[f,u,v] x[c, uS+r−p, vS+s−p]    Index notes (17)
 *             db[f] = (1/m) Σ_i Σ_u Σ_v delta[f,u,v]
 *             dx[c, uS+r−p, vS+s−p] = Σ_f W[f,c,r,s] delta[f,u,v], summed where they meet    Index notes (18), (19)
 *
 * x outside of the image is 0. x `[rows, channels, height, width]`, W `[filters, channels, kernel height, kernel width]`,
 * b `[filters]`, z and delta `[rows, filters, output height, output width]`.
 */
export const conv2d: LayerDefinition<'conv2d'> = {
  kind: 'conv2d',
  takes: 'image',
  label: 'Conv2d',
  summary: 'Filters slide over the image: each looks for its own small pattern, wherever it may be.',
  fields: [
    {
      name: 'filters',
      label: 'Filters',
      help: 'How many patterns the layer looks for: the channels that it puts out.',
      symbol: 'n[ℓ]',
      type: 'integer',
      default: 8,
      min: 1,
      max: MOST_FILTERS,
      step: 1,
    },
    {
      ...kernelField,
      name: 'kernel',
      label: 'Kernel',
      help: 'Height and width of a filter in pixels: 5, or 5 × 3 for another width than height.',
      default: 3,
    },
    { ...strideField, help: 'How many pixels a filter moves on by: 2 halves the image.', default: 1 },
    {
      name: 'padding',
      label: 'Padding',
      help: 'Zeros around the image: none, as many as keep its size, or this many on every side.',
      symbol: 'p[ℓ]',
      type: 'padding',
      options: [
        { value: 'valid', label: 'Valid: none' },
        { value: 'same', label: 'Same size' },
      ],
      default: 'valid',
      min: 0,
      max: MOST_PADDING,
    },
    {
      name: 'activation',
      label: 'Activation',
      help: 'The function that is applied to every weighted sum.',
      symbol: 'g',
      type: 'choice',
      options: Object.values(activations).map(({ kind, label }) => ({ value: kind, label })),
      default: 'relu',
    },
    {
      name: 'initializer',
      label: 'Initial W',
      help: 'How the weights start; biases start at 0.',
      type: 'kind',
      registry: 'initializers',
      default: 'he-normal',
    },
  ],
  equation:
    'z^{[\\ell]}_{f,u,v} = b^{[\\ell]}_f + \\sum_{c,r,s} W^{[\\ell]}_{f,c,r,s}\\, a^{[\\ell-1]}_{c,\\,uS+r-p,\\,vS+s-p}',
  source: 'Index notes (15), CS229 notes (3.39)',

  outputShape(place) {
    const { layer, name, path } = place;
    if (!Number.isSafeInteger(layer.filters) || layer.filters < 1 || layer.filters > MOST_FILTERS) {
      return fail({
        code: 'layer/filters',
        message: `${name} expects 1 to ${MOST_FILTERS} filters, but has ${layer.filters}.`,
        hint: 'Give it a whole number of filters in that range.',
        path: `${path}.filters`,
      });
    }
    const placed = placeWindow(place, slidingOf(layer));
    return placed.ok ? succeed([layer.filters, placed.value.outHeight, placed.value.outWidth]) : placed;
  },

  parameters(place) {
    const { filters, initializer } = place.layer;
    const { channels, kernelHeight, kernelWidth } = conv2dWindow(place);
    const field = kernelHeight * kernelWidth;
    const fan = { fanIn: channels * field, fanOut: filters * field, trained: true };
    const shape = [filters, channels, kernelHeight, kernelWidth];
    return [
      { name: 'W', shape, initializer, regularised: true, ...fan },
      { name: 'b', shape: [filters], initializer: { kind: 'zeros' }, regularised: false, ...fan },
    ];
  },

  parameterFormula(place) {
    const { filters } = place.layer;
    const { channels, kernelHeight, kernelWidth } = conv2dWindow(place);
    return `${filters} × ${channels} × ${kernelHeight} × ${kernelWidth} + ${filters}`;
  },

  create(place, { parameters, gradients }) {
    const { filters } = place.layer;
    const window = conv2dWindow(place);
    const { channels, height, width, outHeight, outWidth } = window;
    const [W, b] = parameters as [(typeof parameters)[0], (typeof parameters)[0]];
    const [dW, db] = gradients as [(typeof gradients)[0], (typeof gradients)[0]];
    return {
      forward(x, z, { rows }) {
        for (let i = 0; i < rows; i++) {
          for (let f = 0; f < filters; f++) {
            for (let u = 0; u < outHeight; u++) {
              for (let v = 0; v < outWidth; v++) {
                let sum = b[f]!;
                eachTap(window, f, u, v, (w, pixel) => {
                  sum += W[w]! * x[i * channels * height * width + pixel]!;
                });
                z[((i * filters + f) * outHeight + u) * outWidth + v] = sum;
              }
            }
          }
        }
      },

      backward(x, delta, dx, { rows }) {
        // In float64 whatever the precision: many small terms meet in each weight.
        const sumW = new Float64Array(dW.length);
        const sumX = new Float64Array(channels * height * width);
        db.fill(0);
        for (let i = 0; i < rows; i++) {
          const example = i * channels * height * width;
          sumX.fill(0);
          for (let f = 0; f < filters; f++) {
            let sum = 0;
            for (let u = 0; u < outHeight; u++) {
              for (let v = 0; v < outWidth; v++) {
                const d = delta[((i * filters + f) * outHeight + u) * outWidth + v]!;
                sum += d;
                eachTap(window, f, u, v, (w, pixel) => {
                  sumW[w]! += d * x[example + pixel]!;
                  if (dx !== null) sumX[pixel]! += W[w]! * d;
                });
              }
            }
            db[f]! += sum / rows;
          }
          dx?.set(sumX, example);
        }
        for (let w = 0; w < dW.length; w++) dW[w] = sumW[w]! / rows;
      },
    };
  },
};

/** Every weight of filter f that meets a pixel of the image at output position (u, v), with the index of both. */
function eachTap(window: Window, f: number, u: number, v: number, visit: (w: number, pixel: number) => void): void {
  const { channels, height, width, kernelHeight, kernelWidth } = window;
  const top = u * window.strideHeight - window.padTop;
  const left = v * window.strideWidth - window.padLeft;
  for (let c = 0; c < channels; c++) {
    for (let r = 0; r < kernelHeight; r++) {
      if (top + r < 0 || top + r >= height) continue;
      for (let s = 0; s < kernelWidth; s++) {
        if (left + s < 0 || left + s >= width) continue;
        visit(((f * channels + c) * kernelHeight + r) * kernelWidth + s, (c * height + top + r) * width + left + s);
      }
    }
  }
}

function slidingOf({ kernel, stride, padding }: LayerOf<'conv2d'>): Sliding {
  return { kernel, stride, padding, field: 'kernel', noun: 'kernel' };
}
