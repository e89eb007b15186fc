import type { Window } from '../../../layers/window';
import type { LayerContext } from '../context';
import { coordinates, entry, term, type Library, type Operand, type Term } from '../step';
import type { LayerSteps } from './layer-steps';

/** Where output (u, v) of an image and entry (r, s) of the window meet: the pixel, or null outside of the image. */
export function pixelAt(window: Window, u: number, v: number, r: number, s: number): readonly [number, number] | null {
  const [p, q] = [u * window.strideHeight + r - window.padTop, v * window.strideWidth + s - window.padLeft];
  return p >= 0 && p < window.height && q >= 0 && q < window.width ? [p, q] : null;
}

/** Every output whose window covers pixel (p, q), with the place in the window. */
export function windowsOver(window: Window, p: number, q: number): { u: number; v: number; r: number; s: number }[] {
  const found: { u: number; v: number; r: number; s: number }[] = [];
  for (let r = 0; r < window.kernelHeight; r++) {
    for (let s = 0; s < window.kernelWidth; s++) {
      const [down, across] = [p + window.padTop - r, q + window.padLeft - s];
      const [u, v] = [down / window.strideHeight, across / window.strideWidth];
      const inside = u >= 0 && v >= 0 && u < window.outHeight && v < window.outWidth;
      if (inside && Number.isInteger(u) && Number.isInteger(v)) found.push({ u, v, r, s });
    }
  }
  return found;
}

/** Index in memory of entry (i, c, p, q). */
export function at([, channels, height, width]: Operand['shape'], i: number, c: number, p: number, q: number): number {
  return ((i * channels! + c) * height! + p) * width! + q;
}

function parts(layer: LayerContext) {
  const window = layer.layer.window!;
  return {
    window,
    W: layer.parameter('W'),
    b: layer.parameter('b'),
    input: layer.input,
    z: layer.z,
    delta: layer.delta(),
  };
}

/** `[top, left, bottom, right]` zeros around the image that the outputs reach into. */
function pads({ padTop, padLeft, outHeight, outWidth, strideHeight, strideWidth, ...w }: Window) {
  const bottom = Math.max(0, (outHeight - 1) * strideHeight + w.kernelHeight - w.height - padTop);
  const right = Math.max(0, (outWidth - 1) * strideWidth + w.kernelWidth - w.width - padLeft);
  return { top: padTop, left: padLeft, bottom, right };
}

function paddedCode(library: Library, window: Window, name: string): string {
  const { top, left, bottom, right } = pads(window);
  if (top + left + bottom + right === 0) return name;
  return library === 'np'
    ? `np.pad(${name}, ((0, 0), (0, 0), (${top}, ${bottom}), (${left}, ${right})))`
    : `F.pad(${name}, (${left}, ${right}, ${top}, ${bottom}))`;
}

/** All windows of a padded image: `[rows, channels, u, v, r, s]`. */
export function windowsCode(window: Window, image: string): string {
  const { kernelHeight, kernelWidth, strideHeight, strideWidth, outHeight, outWidth } = window;
  const [down, across] = [(outHeight - 1) * strideHeight + 1, (outWidth - 1) * strideWidth + 1];
  return `np.lib.stride_tricks.sliding_window_view(${image}, (${kernelHeight}, ${kernelWidth}), (2, 3))[:, :, :${down}:${strideHeight}, :${across}:${strideWidth}]`;
}

function forwardTerms(layer: LayerContext, index: number): Term[] {
  const { window, W, b, input, z } = parts(layer);
  const [i, f, u, v] = coordinates(z.shape, index) as [number, number, number, number];
  const terms: Term[] = [];
  for (let c = 0; c < window.channels; c++) {
    for (let r = 0; r < window.kernelHeight; r++) {
      for (let s = 0; s < window.kernelWidth; s++) {
        const pixel = pixelAt(window, u, v, r, s);
        // The padding is 0: it adds nothing.
        if (pixel !== null)
          terms.push(term(entry(W, at(W.shape, f, c, r, s)), entry(input, at(input.shape, i, c, ...pixel))));
      }
    }
  }
  return [...terms, term(entry(b, f))];
}

/** Convolutions, CS229 notes §3.3.2 and Index notes §3, over channels and filters. */
export const conv2d: LayerSteps = {
  forwardTitle: 'The window slides: every position is weighed by the same filter',
  sources: {
    forward: 'CS229 notes (3.39); Index notes (15)',
    back: 'Index notes (18), (19)',
    gradient: 'Index notes (17)',
  },

  forward(layer) {
    const { window, W, b, input, z } = parts(layer);
    const stride = `${window.strideHeight}, ${window.strideWidth}`;
    return [
      {
        result: z,
        right: [W, '\\star', input, '+', b],
        formula: `z_{f,u,v} = b_f + \\sum_{c,r,s} W_{f,c,r,s}\\; ${input.symbol}_{c,\\;${shift('u', window.strideHeight, window.padTop, 'r')},\\;${shift('v', window.strideWidth, window.padLeft, 's')}}`,
        explain: (index) => forwardTerms(layer, index),
        code: (library) =>
          library === 'np'
            ? `${z.name} = np.einsum('icuvrs,fcrs->ifuv', ${windowsCode(window, paddedCode('np', window, input.name))}, ${W.name}) + ${b.name}[:, None, None]`
            : `${z.name} = F.conv2d(${paddedCode('torch', window, input.name)}, ${W.name}, ${b.name}, stride=(${stride}))`,
      },
    ];
  },

  inputGradient(layer) {
    const { window, W, input, delta } = parts(layer);
    return {
      pieces: [W, '\\star^{\\top}', delta],
      formula: `da_{c,p,q} = \\sum_{f} \\sum_{u,v,r,s} W_{f,c,r,s}\\, \\delta_{f,u,v} \\quad \\text{where the window at } (u, v) \\text{ has } (p, q) \\text{ under } (r, s)`,
      terms(index) {
        const [i, c, p, q] = coordinates(input.shape, index) as [number, number, number, number];
        const over = windowsOver(window, p, q);
        return Array.from({ length: W.shape[0]! }, (_, f) => f).flatMap((f) =>
          over.map(({ u, v, r, s }) =>
            term(entry(W, at(W.shape, f, c, r, s)), entry(delta, at(delta.shape, i, f, u, v))),
          ),
        );
      },
      code: (library) =>
        library === 'np'
          ? `np.einsum('ifuv,fcrs,urp,vsq->icpq', ${delta.name}, ${W.name}, ${meetings('np', window)}, optimize=True)`
          : `torch.nn.grad.conv2d_input((len(x), ${window.channels}, ${paddedShape(window).join(', ')}), ${W.name}, ${delta.name}, stride=(${window.strideHeight}, ${window.strideWidth}))${crop(window)}`,
    };
  },

  gradients(layer) {
    const { window, W, input, delta } = parts(layer);
    const { share, m } = layer.context;
    const positions: (readonly [number, number, number])[] = [];
    for (let i = 0; i < m; i++) {
      for (let u = 0; u < window.outHeight; u++) for (let v = 0; v < window.outWidth; v++) positions.push([i, u, v]);
    }
    return [
      {
        name: 'W',
        right: [share.label, '\\textstyle\\sum_i', delta, '\\star', input],
        formula: `dW_{f,c,r,s} = \\tfrac{1}{m} \\sum_i \\sum_{u,v} \\delta_{f,u,v}\\; ${input.symbol}_{c,\\;${shift('u', window.strideHeight, window.padTop, 'r')},\\;${shift('v', window.strideWidth, window.padLeft, 's')}}`,
        terms(index) {
          const [f, c, r, s] = coordinates(W.shape, index) as [number, number, number, number];
          return positions.flatMap(([i, u, v]) => {
            const pixel = pixelAt(window, u, v, r, s);
            if (pixel === null) return [];
            return [
              term(share, entry(delta, at(delta.shape, i, f, u, v)), entry(input, at(input.shape, i, c, ...pixel))),
            ];
          });
        },
        code: (library) =>
          library === 'np'
            ? `np.einsum('icuvrs,ifuv->fcrs', ${windowsCode(window, paddedCode('np', window, input.name))}, ${delta.name}) / len(x)`
            : `torch.nn.grad.conv2d_weight(${paddedCode('torch', window, input.name)}, ${W.name}.shape, ${delta.name}, stride=(${window.strideHeight}, ${window.strideWidth})) / len(x)`,
      },
      {
        name: 'b',
        right: [share.label, '\\textstyle\\sum_{i,u,v}', delta],
        terms: (f) => positions.map(([i, u, v]) => term(share, entry(delta, at(delta.shape, i, f, u, v)))),
        code: () => `${delta.name}.sum((0, 2, 3)) / len(x)`,
      },
    ];
  },
};

/** `uS + r − p` with its numbers. */
function shift(output: string, stride: number, pad: number, inside: string): string {
  return `${stride === 1 ? output : `${stride}${output}`}+${inside}${pad === 0 ? '' : `-${pad}`}`;
}

function paddedShape(window: Window) {
  const { top, left, bottom, right } = pads(window);
  return [window.height + top + bottom, window.width + left + right] as const;
}

function crop(window: Window): string {
  const { top, left } = pads(window);
  return `[:, :, ${top}:${top + window.height}, ${left}:${left + window.width}]`;
}

/** Which output, which entry of the window and which pixel meet, down and across: `[u, r, p], [v, s, q]` of 0 and 1. */
export function meetings(library: Library, window: Window): string {
  const one = (out: number, stride: number, kernel: number, pad: number, size: number): string =>
    `(${stride} * ${library}.arange(${out})[:, None, None] + ${library}.arange(${kernel})[:, None] - ${pad} == ${library}.arange(${size})) * 1.0`;
  const { outHeight, outWidth, strideHeight, strideWidth, kernelHeight, kernelWidth, padTop, padLeft } = window;
  const double = library === 'torch' ? '.double()' : '';
  const rows = one(outHeight, strideHeight, kernelHeight, padTop, window.height);
  const columns = one(outWidth, strideWidth, kernelWidth, padLeft, window.width);
  return `(${rows})${double}, (${columns})${double}`;
}
