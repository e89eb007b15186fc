import type { LossKind } from '../../../experiment/document';
import type { CostTerms, Propagation, Registries } from '../../../propagation';
import type { ResolvedLayer } from '../../../shape';
import type { BugKind } from '../check-types';

/** What decides whether a bug does harm. */
export interface BugScene {
  readonly layers: readonly ResolvedLayer[];
  readonly loss: LossKind;
  readonly l2: number;
  /** Examples of the batch. */
  readonly rows: number;
}

/** What backpropagation is made of once a bug is planted into it. */
export interface Planted {
  readonly registries: Registries;
  /** What it takes the cost to have beside the losses, where that is not what it has. */
  readonly terms?: Partial<CostTerms>;
}

/**
 * A classic slip of those who write backpropagation by hand. It is planted into copies of the definitions, for one check; the forward
 * pass, the cost and training never see it.
 */
export interface BugDefinition<K extends BugKind = BugKind> {
  readonly kind: K;
  readonly label: string;
  /** What it is, in a sentence. */
  readonly summary: string;
  /** The equation as it is and as the bug has it, in KaTeX. */
  readonly right: string;
  readonly wrong: string;
  /** What a network needs for it to do harm, in a sentence. */
  readonly needs: string;
  /** The arrays that it makes wrong; empty where it does no harm. */
  hits(scene: BugScene): readonly string[];
  /** @param network the one that is checked; there once it computes */
  plant(registries: Registries, network: () => Propagation): Planted;
}
