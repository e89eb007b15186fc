import type { ResolvedLayer, ResolvedParameter } from '../shape';
import { sizeOf } from '../tensor';

/** A parameter's place, in bytes from the start of the parameters; its gradient and optimizer slots lie at the same offset. */
export interface PlacedParameter {
  readonly spec: ResolvedParameter;
  readonly offset: number;
  readonly length: number;
}

/** Parameters that lie side by side and are updated by one call. */
export interface ParameterBlock {
  readonly offset: number;
  /** Numbers, the padding between the arrays included: it starts at 0 and stays there. */
  readonly count: number;
  readonly decays: boolean;
}

export interface ParameterLayout {
  /** In layer order, as they are saved. */
  readonly parameters: readonly PlacedParameter[];
  readonly blocks: readonly ParameterBlock[];
  /** Bytes of what is trained, which comes first; as long are the gradients and each slot. */
  readonly trainedBytes: number;
  readonly bytes: number;
}

const VECTOR_BYTES = 16;

/** Lays out what is regularised, then what is only trained, then what is only kept: few long updates in place of many short. */
export function layOutParameters(layers: readonly ResolvedLayer[]): ParameterLayout {
  const specs = layers.flatMap((layer) => layer.parameters);
  const groups = [
    specs.filter((spec) => spec.trained && spec.regularised),
    specs.filter((spec) => spec.trained && !spec.regularised),
    specs.filter((spec) => !spec.trained),
  ];
  const placed = new Map<ResolvedParameter, PlacedParameter>();
  let bytes = 0;
  const ends = groups.map((group) => {
    for (const spec of group) {
      const length = sizeOf(spec.shape);
      placed.set(spec, { spec, offset: bytes, length });
      bytes += Math.ceil((length * 4) / VECTOR_BYTES) * VECTOR_BYTES;
    }
    return bytes;
  });
  const [decayed, trained] = ends as [number, number, number];
  const blocks = [
    { offset: 0, count: decayed / 4, decays: true },
    { offset: decayed, count: (trained - decayed) / 4, decays: false },
  ];
  return {
    parameters: specs.map((spec) => placed.get(spec)!),
    blocks: blocks.filter(({ count }) => count > 0),
    trainedBytes: trained,
    bytes,
  };
}
