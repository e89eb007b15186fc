import type { LayerContext } from '../context';
import { coordinates, entry, number, term, type Library, type Line, type Term } from '../step';
import { at, meetings, pixelAt, windowsCode, windowsOver } from './conv2d';
import type { LayerSteps } from './layer-steps';

function parts(layer: LayerContext) {
  const window = layer.layer.window!;
  return { window, input: layer.input, output: layer.output(), area: window.kernelHeight * window.kernelWidth };
}

/** Indices of the input under the window of output `index`, row by row. */
function under(layer: LayerContext, index: number): number[] {
  const { window, input, output } = parts(layer);
  const [i, c, u, v] = coordinates(output.shape, index) as [number, number, number, number];
  const found: number[] = [];
  for (let r = 0; r < window.kernelHeight; r++) {
    for (let s = 0; s < window.kernelWidth; s++) {
      const pixel = pixelAt(window, u, v, r, s);
      if (pixel !== null) found.push(at(input.shape, i, c, ...pixel));
    }
  }
  return found;
}

/** The first of the largest, as the engine takes it; NaN wins. */
function winner(layer: LayerContext, index: number): number {
  const { values } = layer.input;
  return under(layer, index).reduce((best, each) =>
    (values[each]! > values[best]! || Number.isNaN(values[each]!)) && !Number.isNaN(values[best]!) ? each : best,
  );
}

/** Outputs whose window covers input `index`. */
function covering(layer: LayerContext, index: number): number[] {
  const { window, input, output } = parts(layer);
  const [i, c, p, q] = coordinates(input.shape, index) as [number, number, number, number];
  return windowsOver(window, p, q)
    .map(({ u, v }) => at(output.shape, i, c, u, v))
    .sort((one, other) => one - other);
}

function windows(library: Library, layer: LayerContext): string {
  const { window, input } = parts(layer);
  if (library === 'np') return windowsCode(window, input.name);
  const { kernelHeight, kernelWidth, strideHeight, strideWidth } = window;
  return `${input.name}.unfold(2, ${kernelHeight}, ${strideHeight}).unfold(3, ${kernelWidth}, ${strideWidth})`;
}

function pool(
  rest: Pick<LayerSteps, 'forwardTitle' | 'sources'>,
  forward: (layer: LayerContext) => Omit<Line, 'result'>,
  back: {
    readonly formula: string;
    terms(layer: LayerContext, index: number): Term[];
    code(library: Library, layer: LayerContext): string;
  },
): LayerSteps {
  return {
    ...rest,
    forward: (layer) => [{ result: layer.output(), ...forward(layer) }],
    inputGradient: (layer) => ({
      pieces: ['\\operatorname{pool}^{\\top}\\!\\bigl(', layer.delta(), '\\bigr)'],
      formula: back.formula,
      terms: (index) => back.terms(layer, index),
      code: (library) => back.code(library, layer),
    }),
    gradients: () => [],
  };
}

export const maxPool2d: LayerSteps = pool(
  {
    forwardTitle: 'Of every window the largest number stays',
    sources: { forward: 'Ranzato et al. 2007', back: 'only the winner of a window hands its delta back', gradient: '' },
  },
  (layer) => ({
    right: ['\\max_{\\text{window}}', layer.input],
    explain: (index) => [term(entry(layer.input, winner(layer, index)))],
    code: (library) =>
      `${layer.output().name} = ${windows(library, layer)}.${library === 'np' ? 'max((4, 5))' : 'amax((4, 5))'}`,
  }),
  {
    formula: 'da_{c,p,q} = \\sum \\delta_{c,u,v} \\quad \\text{over the windows that } (p, q) \\text{ has won}',
    terms: (layer, index) =>
      covering(layer, index)
        .filter((output) => winner(layer, output) === index)
        .map((output) => term(entry(layer.delta(), output))),
    code(library, layer) {
      const { window, area } = parts(layer);
      const flat = `${windows(library, layer)}.reshape(len(x), ${window.channels}, ${window.outHeight}, ${window.outWidth}, ${area})`;
      const won =
        library === 'np' ? `np.eye(${area})[${flat}.argmax(-1)]` : `F.one_hot(${flat}.argmax(-1), ${area}).double()`;
      return `${library}.einsum('icuv,icuvrs,urp,vsq->icpq', ${layer.delta().name}, ${won}.reshape(len(x), ${window.channels}, ${window.outHeight}, ${window.outWidth}, ${window.kernelHeight}, ${window.kernelWidth}), ${meetings(library, window)})`;
    },
  },
);

export const avgPool2d: LayerSteps = pool(
  {
    forwardTitle: 'Of every window the mean stays',
    sources: {
      forward: 'LeCun et al. 1998',
      back: 'each number of a window gets an equal share of its delta',
      gradient: '',
    },
  },
  (layer) => {
    const { area } = parts(layer);
    const share = number(`\\tfrac{1}{${area}}`, 1 / area);
    return {
      right: [share.label, '\\textstyle\\sum_{\\text{window}}', layer.input],
      explain: (index) => under(layer, index).map((pixel) => term(share, entry(layer.input, pixel))),
      code: (library) => `${layer.output().name} = ${windows(library, layer)}.mean((4, 5))`,
    };
  },
  {
    formula:
      'da_{c,p,q} = \\tfrac{1}{f_h f_w} \\sum \\delta_{c,u,v} \\quad \\text{over the windows that cover } (p, q)',
    terms(layer, index) {
      const { area } = parts(layer);
      const share = number(`\\tfrac{1}{${area}}`, 1 / area);
      return covering(layer, index).map((output) => term(share, entry(layer.delta(), output)));
    },
    code(library, layer) {
      const { window, area } = parts(layer);
      return `${library}.einsum('icuv,urp,vsq->icpq', ${layer.delta().name}, ${meetings(library, window)}) / ${area}`;
    },
  },
);
