import type { BestEpoch, EpochRecord, Evaluations, Experiment, ParameterEdit } from '../../src-worker/api';
import type { SweepPlace } from '../../src-worker/experiment/sweep/sweep-plan';
import type { RunMark } from './run-marks';
import { rememberHome } from './document-home';
import type { Entrance, Subject } from './subject';

/** One thing that was done to a run: before its next step it went on with this document. */
export interface PathStep {
  readonly step: number;
  readonly document: Experiment;
  readonly by: Entrance['kind'];
  /** Only for one number that was set by hand. */
  readonly edit?: ParameterEdit;
}

/** What a run has to show at one moment. */
export interface RunFacts {
  readonly document: Experiment;
  readonly path: readonly PathStep[];
  readonly records: readonly EpochRecord[];
  readonly marks: readonly RunMark[];
  readonly epoch: number;
  readonly step: number;
  readonly outcome: 'stopped' | 'finished' | 'early' | 'diverged';
  readonly best: BestEpoch | null;
  /** Of all parts at its last weights; null where they were not looked at. */
  readonly evaluations: Evaluations | null;
}

/** A run as it is kept in the list: plain data, without weights. */
export interface RunRecord extends RunFacts {
  /** From 1; never given twice. */
  readonly number: number;
  readonly name: string;
  readonly pinned: boolean;
  /** Whether its curve lies over those of the present run. */
  readonly overlaid: boolean;
  /** The run that it went on from at an earlier moment than that had come to; null for one from its beginning. */
  readonly parent: { readonly number: number; readonly epoch: number } | null;
  /** The stretch of the history at whose end its weights are kept, if they still are. */
  readonly era: number;
  /** Absent for a run that belongs to no sweep. */
  readonly sweep?: SweepPlace;
}

/** Where runs are written down. */
export interface RunKeeper {
  /**
   * A run is about to make a step.
   * @param number of the run that it goes on with; null for a new one
   * @returns its number, a new one too where that run had already come further: what it was stays in the list
   */
  start(number: number | null, facts: RunFacts, era: number): number;
  note(number: number, facts: RunFacts, era: number): void;
}

/** The path with one more step; what was done before it at the same step is done first. */
export function pathStep(step: number, subject: Subject): PathStep {
  const { document, enters } = subject;
  rememberHome(subject);
  const edit = enters.kind === 'parameter' ? { edit: enters.edit } : {};
  return { step, document, by: enters.kind, ...edit };
}
