import type { Experiment } from '../../src-worker/api';
import type { DataFiles, EditOptions, ExperimentState } from './experiment.svelte';
import { namesMatch } from './project-files';
import type { Subject } from './subject';

/** What a document does not say itself, so that it can be shown again much later. */
type Home = Pick<Subject, 'files' | 'origin'>;

// Records of runs are plain data, which can be saved, and so name their files only.
const homes = new WeakMap<Experiment, Home>();

export function rememberHome({ document, files, origin }: Subject): void {
  homes.set(document, { files, origin });
}

/** The files of a document's source: those it was trained with, or those in the window where they bear its names; null where there are none. */
export function filesFor({ files }: ExperimentState, document: Experiment): DataFiles | null {
  const known = homes.get(document);
  if (known !== undefined) return known.files;
  return 'files' in document.data.source && !namesMatch(document, files) ? null : files;
}

/** How an edit shows a document of an earlier moment: one of another experiment must not be saved over this one. */
export function atHome(experiment: ExperimentState, document: Experiment): Pick<EditOptions, 'files' | 'begins'> {
  const files = filesFor(experiment, document);
  const begins = (homes.get(document)?.origin ?? experiment.origin) !== experiment.origin;
  return { begins, ...(files === null ? {} : { files }) };
}
