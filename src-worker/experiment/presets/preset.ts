import type { Shape } from '../../tensor';
import type { LayerSpec } from '../document';
import type { OutputTarget } from '../layer-specs';

/** What a preset looks at of the data. */
export interface PresetData extends OutputTarget {
  readonly inputShape: Shape;
}

/** A network that a menu offers. The output layer and the loss follow from the data; only what comes before is the preset's own. */
export interface PresetDefinition {
  readonly label: string;
  /** One sentence: what it is for. */
  readonly summary: string;
  /** Where the notes have it. */
  readonly source: string;
  /** Why it does not suit the data, as a short sentence; null where it does. */
  unfit(data: PresetData): string | null;
  /** The layers in front of the output layer. */
  hidden(data: PresetData): readonly LayerSpec[];
}
