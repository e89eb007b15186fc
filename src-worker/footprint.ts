import { describeBytes } from './bytes';
import type { CompileRequest, Part } from './engine';
import type { Problem } from './problem';
import { resolveNetwork } from './shape';

/** How many examples there are, and what decides the room that one takes. */
export interface ExampleCounts {
  readonly counts: Readonly<Record<Part, number>>;
  /** Whether they stay 8-bit images. */
  readonly images: boolean;
  readonly weighted: boolean;
  /** Whether those of the training part are varied in every epoch; not so where absent. */
  readonly varied?: boolean;
}

/** Bytes that a network with its data takes, found by arithmetic before any are taken. */
export interface Footprint {
  /** What the backend holds: the sum of what follows, but for {@link beside} and {@link layers}. */
  readonly bytes: number;
  readonly parameters: number;
  readonly gradients: number;
  /** The optimizer's arrays. */
  readonly optimizer: number;
  /** Everything that is computed for a batch. */
  readonly batch: number;
  /** The same for the slices of an evaluation. */
  readonly evaluation: number;
  /** What the kernels need for themselves, for every thread. */
  readonly scratch: number;
  readonly examples: number;
  /** Copies on the JavaScript side: the targets, and the last state that was finite. */
  readonly beside: number;
  /** What each layer that is switched on has of parameters, gradients, optimizer, batch and evaluation. */
  readonly layers: readonly { readonly batch: number; readonly rest: number }[];
  /** Threads that its largest program is worth. */
  readonly threads: number;
}

/** An end of the memory that there is. */
export interface MemoryLimit {
  readonly bytes: number;
  /** Whether what lies beside the backend counts too. */
  readonly whole: boolean;
  /** `this machine has 8 GB free`, without a full stop. */
  describe(size: string): string;
}

/**
 * Why a network does not fit: what it needs, what there is and what to lower, which is the largest of what a person can lower.
 * @returns null where it fits; `layer` is the index of the layer to be made smaller, null for another card
 */
export function memoryMisfit(
  footprint: Footprint,
  limits: readonly MemoryLimit[],
  { network, inputShape, training: { batchSize } }: CompileRequest,
): { readonly problem: Problem; readonly layer: number | null } | null {
  const { bytes, beside, batch, examples, layers } = footprint;
  const exceeded = limits
    .map((limit) => ({ limit, needed: limit.whole ? bytes + beside : bytes }))
    .find(({ limit, needed }) => needed > limit.bytes);
  if (exceeded === undefined) return null;
  const { limit, needed } = exceeded;
  const resolved = resolveNetwork(network, inputShape);
  const names = resolved.map(({ place }) => place.name);
  const widest = indexOfMost(layers.map(({ batch: ofBatch, rest }) => rest + (batchSize === 1 ? ofBatch : 0)));
  const widestInBatch = indexOfMost(layers.map((layer) => layer.batch));
  const most = Math.floor(batchSize * (1 - (needed - limit.bytes) / batch));
  const levers = [
    {
      bytes: batchSize === 1 ? 0 : batch,
      layer: null,
      path: 'training.batchSize',
      hint:
        most >= 1
          ? `Make training.batchSize at most ${most.toLocaleString('en')}: the values of a batch of ${batchSize.toLocaleString('en')} take ${describeBytes(batch)}, most of it in ${names[widestInBatch]}.`
          : `Make ${names[widestInBatch]} smaller and training.batchSize lower: the values of a batch of ${batchSize.toLocaleString('en')} take ${describeBytes(batch)}.`,
    },
    {
      bytes: layers[widest]!.rest,
      layer: resolved[widest]!.number - 1,
      path: resolved[widest]!.place.path,
      hint: `Make ${names[widest]} smaller: it alone takes ${describeBytes(layers[widest]!.batch + layers[widest]!.rest)}.`,
    },
    {
      bytes: examples,
      layer: null,
      path: 'data.source',
      hint: `Train on fewer examples: they take ${describeBytes(examples)}.`,
    },
  ];
  const { layer, path, hint } = levers[indexOfMost(levers.map((lever) => lever.bytes))]!;
  return {
    layer,
    problem: {
      code: 'memory/too-large',
      message: `The network with its data needs ${describeBytes(needed)} of memory, but ${limit.describe(describeBytes(limit.bytes))}.`,
      hint,
      path,
    },
  };
}

function indexOfMost(values: readonly number[]): number {
  return values.reduce((most, value, index) => (value > values[most]! ? index : most), 0);
}
