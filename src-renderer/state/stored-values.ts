import type { StoredMoment, StoredPath, StoredRun } from '../../src-main/bridge';
import type { EpochRecord, Experiment } from '../../src-worker/api';
import {
  packRecords,
  unpackRecords,
  RecordsPacker,
  type PackedRecords,
} from '../../src-worker/experiment/packed-records';
import type { DataFiles } from './experiment.svelte';
import type { TrainedMoment } from './moments';
import { omit } from './omit';
import type { PathStep, RunRecord } from './run-record';
import { CARRIED } from './subject';

/** Runs and moments of this window as they are kept in the application's folder, and back. */

/** Of a run or a moment whose stretch of the history is gone. */
const NO_ERA = -1;

/** Packs curves once, and of the run that is training only what was added. */
export class CurvePacker {
  readonly #packed = new WeakMap<readonly EpochRecord[], PackedRecords>();
  readonly #growing = new RecordsPacker();

  /** @param grows whether more points are to come */
  pack(records: readonly EpochRecord[], grows: boolean): PackedRecords {
    const known = this.#packed.get(records);
    if (known !== undefined) return known;
    const packed = grows ? this.#growing.pack(records) : packRecords(records);
    this.#packed.set(records, packed);
    return packed;
  }
}

export function storeMoment({ subject, moment, marks, path, run }: TrainedMoment, curves: PackedRecords): StoredMoment {
  const state = omit(moment.state, 'history');
  const { inputShape, featureNames, classes } = moment;
  return {
    document: subject.document,
    inputShape,
    featureNames,
    classes,
    state,
    curves,
    marks,
    path: storePath(path),
    run,
  };
}

export function storeRun(record: RunRecord, curves: PackedRecords): StoredRun {
  return { ...omit(record, 'records', 'era'), path: storePath(record.path), curves };
}

/**
 * @param shift added to the numbers of runs, where others have them here already
 * @param origin of the experiment that it is brought back into
 */
export function momentOf(stored: StoredMoment, files: DataFiles, origin: number, shift: number): TrainedMoment {
  const { document, inputShape, featureNames, classes, state, curves, marks, path, run } = stored;
  const history = unpackRecords(curves);
  return {
    subject: { document, files, origin, era: NO_ERA, enters: CARRIED, layerIds: [], label: '' },
    moment: { experiment: document, inputShape, featureNames, classes, state: { ...state, history } },
    evaluations: null,
    ...{ marks, path: pathOf(path), run: run === null ? null : run + shift },
  };
}

export function runOf({ path, curves, sweep, ...others }: StoredRun, shift: number): RunRecord {
  const { number, parent } = others;
  return {
    ...others,
    number: number + shift,
    parent: parent === null ? null : { ...parent, number: parent.number + shift },
    // There are at least as many runs as sweeps.
    ...(sweep !== undefined && { sweep: { ...sweep, number: sweep.number + shift } }),
    path: pathOf(path),
    records: unpackRecords(curves),
    era: NO_ERA,
  };
}

/** Edits leave most of a document as it was, and many steps the whole of it. */
function storePath(path: readonly PathStep[]): StoredPath {
  const documents: Experiment[] = [];
  const steps = path.map(({ document, ...step }) => {
    const known = documents.indexOf(document);
    return { ...step, document: known >= 0 ? known : documents.push(document) - 1 };
  });
  return { documents, steps };
}

function pathOf({ documents, steps }: StoredPath): readonly PathStep[] {
  return steps.map(({ document, ...step }) => ({ ...step, document: documents[document]! }));
}
