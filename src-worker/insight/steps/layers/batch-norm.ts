import { sizeOf } from '../../../tensor';
import { derivedLine, literal, type LayerContext } from '../context';
import { entry, entryLatex, number, term, type Line, type Operand } from '../step';
import type { LayerSteps } from './layer-steps';

function parts(layer: LayerContext) {
  const { inputShape, spec } = layer.layer;
  const channels = inputShape[0]!;
  const positions = sizeOf(inputShape.slice(1));
  const { m } = layer.context;
  const n = m * positions;
  const epsilon = spec.kind === 'batch-norm' ? spec.epsilon : 0;
  /** All numbers of a channel, example by example. */
  const each = (channel: number): number[] =>
    Array.from({ length: n }, (_, k) => (Math.floor(k / positions) * channels + channel) * positions + (k % positions));
  return {
    ...{ channels, n, epsilon, each },
    channelOf: (index: number): number => Math.floor(index / positions) % channels,
    /** In code: over examples and positions, and back beside an image. */
    axes: positions === 1 && inputShape.length === 1 ? '0' : '(0, 2, 3)',
    beside: inputShape.length === 1 ? '' : '[:, None, None]',
    share: number(`\\tfrac{1}{${n}}`, 1 / n),
  };
}

const vector = (layer: LayerContext, name: string, symbol: string): Omit<Operand, 'values'> => ({
  name: `${name}${layer.number}`,
  ...{ symbol, sup: layer.sup, shape: [layer.layer.inputShape[0]!], layout: 'vector' },
});

/** μ, σ² and x̂ of the batch. */
export function normalising(layer: LayerContext): {
  readonly mu: Line;
  readonly variance: Line;
  readonly normalised: Line;
} {
  const { channelOf, each, share, axes, beside, epsilon } = parts(layer);
  const input = layer.input;
  const l = layer.number;
  const mu = derivedLine(vector(layer, 'mu', '\\mu'), {
    right: [share.label, '\\textstyle\\sum_i', input],
    explain: (c) => each(c).map((i) => term(share, entry(input, i))),
    code: () => `mu${l} = ${input.name}.mean(${axes})`,
  });
  const deviation = (i: number) =>
    number(
      `(${entryLatex(input, i)} - ${entryLatex(mu.result, channelOf(i))})`,
      input.values[i]! - mu.result.values[channelOf(i)]!,
    );
  const variance = derivedLine(vector(layer, 'sigma2_', '(\\sigma^2)'), {
    right: [share.label, '\\textstyle\\sum_i \\bigl(', input, '-', mu.result, '\\bigr)^2'],
    explain: (c) => each(c).map((i) => term(share, deviation(i), deviation(i))),
    code: () => `sigma2_${l} = ((${input.name} - mu${l}${beside}) ** 2).mean(${axes})`,
  });
  const normalised = derivedLine(
    { ...input, name: `xhat${l}`, symbol: '\\hat{x}', sup: layer.sup },
    {
      right: ['\\bigl(', input, '-', mu.result, '\\bigr) \\big/ \\sqrt{', variance.result, `+ ${epsilon}}`],
      explain: (i) => [term(deviation(i), inverseRoot(layer, variance.result, channelOf(i)))],
      code: () => `xhat${l} = (${input.name} - mu${l}${beside}) / (sigma2_${l}${beside} + ${literal(epsilon)}) ** 0.5`,
    },
  );
  return { mu, variance, normalised };
}

function inverseRoot(layer: LayerContext, variance: Operand, c: number) {
  const { epsilon } = parts(layer);
  return number(
    `\\tfrac{1}{\\sqrt{${entryLatex(variance, c)} + \\varepsilon}}`,
    1 / Math.sqrt(variance.values[c]! + epsilon),
  );
}

/** Batch normalisation, Ioffe and Szegedy 2015. */
export const batchNorm: LayerSteps = {
  forwardTitle: 'Mean and variance over the batch, then scale and shift',
  sources: {
    forward: 'Ioffe, Szegedy 2015, algorithm 1',
    back: 'Ioffe, Szegedy 2015, §3',
    gradient: 'Ioffe, Szegedy 2015, §3',
  },

  forward(layer) {
    const { channelOf, beside } = parts(layer);
    const { mu, variance, normalised } = normalising(layer);
    const [gamma, beta, out] = [layer.parameter('gamma'), layer.parameter('beta'), layer.output()];
    return [
      mu,
      variance,
      normalised,
      {
        result: out,
        right: [gamma, '\\circ', normalised.result, '+', beta],
        explain: (i) => [
          term(entry(gamma, channelOf(i)), entry(normalised.result, i)),
          term(entry(beta, channelOf(i))),
        ],
        code: () => `${out.name} = ${gamma.name}${beside} * ${normalised.result.name} + ${beta.name}${beside}`,
      },
    ];
  },

  inputGradient(layer) {
    const { channelOf, each, share, axes, beside, epsilon, n } = parts(layer);
    const { variance, normalised } = normalising(layer);
    const [gamma, delta, hat] = [layer.parameter('gamma'), layer.delta(), normalised.result];
    const l = layer.number;
    const sum = derivedLine(vector(layer, 'sumd', 'D'), {
      right: ['\\textstyle\\sum_i', delta],
      explain: (c) => each(c).map((i) => term(entry(delta, i))),
      code: () => `sumd${l} = ${delta.name}.sum(${axes})`,
    });
    const product = derivedLine(vector(layer, 'sumdx', 'P'), {
      right: ['\\textstyle\\sum_i', delta, '\\circ', hat],
      explain: (c) => each(c).map((i) => term(entry(delta, i), entry(hat, i))),
      code: () => `sumdx${l} = (${delta.name} * ${hat.name}).sum(${axes})`,
    });
    return {
      lines: [sum, product],
      pieces: [
        gamma,
        '\\tfrac{1}{\\sqrt{\\sigma^2 + \\varepsilon}}\\,\\circ\\,\\bigl(',
        delta,
        `- ${share.label}`,
        sum.result,
        `- ${share.label}`,
        hat,
        '\\circ',
        product.result,
        '\\bigr)',
      ],
      terms(i) {
        const c = channelOf(i);
        const scale = [entry(gamma, c), inverseRoot(layer, variance.result, c)] as const;
        const minus = number(`-${share.label}`, -1 / n);
        return [
          term(...scale, entry(delta, i)),
          term(...scale, minus, entry(sum.result, c)),
          term(...scale, minus, entry(hat, i), entry(product.result, c)),
        ];
      },
      code: () =>
        `(${gamma.name} / (sigma2_${l} + ${literal(epsilon)}) ** 0.5)${beside} * (${delta.name} - sumd${l}${beside} / ${n} - ${hat.name} * sumdx${l}${beside} / ${n})`,
    };
  },

  gradients(layer) {
    const { each, axes } = parts(layer);
    const { normalised } = normalising(layer);
    const [delta, hat] = [layer.delta(), normalised.result];
    const { share } = layer.context;
    return [
      {
        name: 'gamma',
        right: [share.label, '\\textstyle\\sum_i', delta, '\\circ', hat],
        terms: (c) => each(c).map((i) => term(share, entry(delta, i), entry(hat, i))),
        code: () => `(${delta.name} * ${hat.name}).sum(${axes}) / len(x)`,
      },
      {
        name: 'beta',
        right: [share.label, '\\textstyle\\sum_i', delta],
        terms: (c) => each(c).map((i) => term(share, entry(delta, i))),
        code: () => `${delta.name}.sum(${axes}) / len(x)`,
      },
    ];
  },
};
