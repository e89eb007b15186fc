import type { LayerKind } from '../experiment/document';

/**
 * What an axis of a parameter counts: `output` the layer's units or filters, `input` every number that comes in, `channel` the
 * features or channels that come in, `exact` what has a meaning only as a whole, such as the cells of a kernel.
 */
export type CarryAxis = 'output' | 'input' | 'channel' | 'exact';

export interface CarryRule {
  /** Of each parameter, by its name in the layer: what its axes count. */
  readonly parameters: Readonly<Record<string, readonly CarryAxis[]>>;
  /** Whether number i of the output is number i of the input, so that layers behind it still look at the same thing. */
  readonly passes: boolean;
}

const PER_CHANNEL = ['channel'] as const;

/** How each kind of layer is carried over into a changed network. */
export const carryRules = {
  dense: { parameters: { W: ['output', 'input'], b: ['output'] }, passes: false },
  conv2d: { parameters: { W: ['output', 'channel', 'exact', 'exact'], b: ['output'] }, passes: false },
  'max-pool2d': { parameters: {}, passes: false },
  'avg-pool2d': { parameters: {}, passes: false },
  flatten: { parameters: {}, passes: true },
  dropout: { parameters: {}, passes: true },
  'batch-norm': {
    parameters: { gamma: PER_CHANNEL, beta: PER_CHANNEL, mean: PER_CHANNEL, variance: PER_CHANNEL },
    passes: true,
  },
} as const satisfies { readonly [K in LayerKind]: CarryRule };
