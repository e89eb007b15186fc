import type { Experiment, ParameterEdit, Preprocessing, RunState } from '../../src-worker/api';
import { sameValue } from '../../src-worker/experiment/same-value';
import type { DataFiles } from './experiment.svelte';
import type { KeptMoment } from './moments';

/**
 * How the weights of an era come about: `carried` over from those before, `initial` from the seed, `best` from the best epoch, `state`
 * from a saved state of this very document, `parameter` by one number that is set.
 */
export type Entrance =
  | { readonly kind: 'carried' }
  | { readonly kind: 'initial' }
  | { readonly kind: 'best' }
  | {
      readonly kind: 'state';
      readonly state: RunState;
      /** As it was saved with the state, which can so be saved again before the data are here. */
      readonly preprocessing?: Preprocessing;
      /** The run that it is of, where it is one of this window. */ readonly from?: KeptMoment;
    }
  | { readonly kind: 'parameter'; readonly edit: ParameterEdit };

export const CARRIED: Entrance = { kind: 'carried' };

/** What a run is built from: one version of the document, and the very files its source names. */
export interface Subject {
  readonly document: Experiment;
  readonly files: DataFiles;
  /** Which experiment it is: the same document begun anew is another one. */
  readonly origin: number;
  /** The stretch of the history that it belongs to; see `ExperimentState`. */
  readonly era: number;
  /** How that stretch began. */
  readonly enters: Entrance;
  /** One for each layer: the same through every edit of the layer, and its own for a new one. */
  readonly layerIds: readonly number[];
  /** What the edit that led here did, as undo says it; empty for the first version. */
  readonly label: string;
}

const fileIds = new WeakMap<DataFiles, number>();
let nextFileId = 1;

/** A file of the same name may hold other rows: identity counts, not the name. */
function idOf(files: DataFiles): number {
  const known = fileIds.get(files);
  if (known !== undefined) return known;
  fileIds.set(files, nextFileId);
  return nextFileId++;
}

type Description = Pick<Subject, 'document' | 'files' | 'origin'>;

/** What a run cannot take up without another network or other examples: everything but the live training settings and the name. */
export function structureOf({ document, files, origin }: Description): string {
  const { data, network, training } = document;
  return JSON.stringify([origin, data, network, training.batchSize, training.seed, training.classWeights, idOf(files)]);
}

/** Whether two versions say the same to a run: the name alone may differ. */
export function sameForRun(a: Description, b: Description): boolean {
  return structureOf(a) === structureOf(b) && sameValue(a.document.training, b.document.training);
}
