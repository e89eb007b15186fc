/**
 * What the window keeps in the application's own folder while it works, so that a crash, a kill or a power cut takes nothing away. One
 * session for each window, see docs/decisions/0028-work-that-is-kept.md. Types only.
 */
import type { BestEpoch, Evaluations, Experiment, Outcome, ParameterEdit, RunState, Shape } from '../../src-worker/api';
import type { TrainingSpec } from '../../src-worker/experiment/document';
import type { PackedRecords } from '../../src-worker/experiment/packed-records';
import type { SweepPlace } from '../../src-worker/experiment/sweep/sweep-plan';
import type { FileTarget, ProjectFile } from '../bridge';

export interface SessionsApi {
  /**
   * What earlier windows left: what this one showed before it was loaded again, and what windows that ended without a farewell had kept.
   * Work that is in a project file, or was kept when a window was closed, is not offered; see {@link listKeptSessions}.
   */
  beginSession(): Promise<Outcome<SessionsLeft>>;

  /** Keeps data files, each set of files once, and gives the word by which {@link SessionUpdate.data} names them. */
  keepData(files: readonly ProjectFile[]): Promise<Outcome<string>>;

  /**
   * Keeps the work of this window as it stands; what was kept before is there until all of this is. Once it has succeeded, nothing but
   * the loss of the disk takes it away.
   */
  keepSession(update: SessionUpdate): Promise<Outcome<SessionKept>>;

  /** This window closes: its work is kept without being offered, or forgotten where a project file holds all of it. */
  endSession(): Promise<Outcome<null>>;

  /** Work of windows that are gone, the newest first. */
  listKeptSessions(): Promise<Outcome<readonly ListedSession[]>>;

  /** Reads such work; it stays until this window has kept it as its own. */
  openKeptSession(handle: string): Promise<Outcome<OpenedSession>>;

  /** No longer offers it at the start; it stays in the list. */
  setSessionAside(handle: string): Promise<Outcome<null>>;
}

/** How a person likes the window; null where nothing was chosen. */
export interface Preferences {
  readonly theme: 'light' | 'dark' | null;
  /** Widths in pixels. */
  readonly panes: { readonly pipeline: number; readonly inspector: number } | null;
  readonly view: string | null;
}

export interface PreferencesApi {
  /** Null where none were written down. */
  readPreferences(): Promise<Outcome<Preferences | null>>;
  writePreferences(preferences: Preferences): Promise<Outcome<null>>;
}

export interface SessionsLeft {
  /** Of this very window before it was loaded again; null where there is none. */
  readonly own: ListedSession | null;
  /** The newest first. */
  readonly left: readonly ListedSession[];
}

export interface ListedSession {
  readonly handle: string;
  readonly name: string;
  readonly keptMs: number;
  readonly epoch: number;
  readonly step: number;
  /** The name of its project file; null for work that is in none. */
  readonly project: string | null;
}

/** One thing that was done to a run, with the documents by their place in {@link StoredPath.documents}. */
export interface StoredStep {
  readonly step: number;
  readonly document: number;
  readonly by: 'carried' | 'initial' | 'best' | 'state' | 'parameter';
  readonly edit?: ParameterEdit;
}

export interface StoredPath {
  readonly documents: readonly Experiment[];
  readonly steps: readonly StoredStep[];
}

export interface StoredMark {
  readonly epoch: number;
  readonly from: TrainingSpec;
  readonly to: TrainingSpec;
  readonly words?: string;
}

/** A run at one moment, with all that it takes to go on from there. */
export interface StoredMoment {
  readonly document: Experiment;
  readonly inputShape: Shape;
  readonly featureNames: readonly string[];
  readonly classes: readonly string[];
  readonly state: Omit<RunState, 'history'>;
  readonly curves: PackedRecords;
  readonly marks: readonly StoredMark[];
  readonly path: StoredPath;
  readonly run: number | null;
}

/** A run of the list, without weights. */
export interface StoredRun {
  readonly number: number;
  readonly name: string;
  readonly pinned: boolean;
  readonly overlaid: boolean;
  readonly parent: { readonly number: number; readonly epoch: number } | null;
  readonly document: Experiment;
  readonly path: StoredPath;
  readonly curves: PackedRecords;
  readonly marks: readonly StoredMark[];
  readonly epoch: number;
  readonly step: number;
  readonly outcome: 'stopped' | 'finished' | 'early' | 'diverged';
  readonly best: BestEpoch | null;
  readonly evaluations: Evaluations | null;
  readonly sweep?: SweepPlace;
}

/** A piece of a session that is written only when it changed. */
export type StoredPart =
  | { readonly kind: 'present'; readonly name: 'present'; readonly value: StoredMoment }
  | { readonly kind: 'run'; readonly name: string; readonly value: StoredRun }
  | { readonly kind: 'checkpoint'; readonly name: string; readonly value: StoredMoment };

export interface SessionUpdate {
  /** Which experiment of the window it is: what was kept of another one is not written over. */
  readonly experiment: number;
  /** The kept work that this goes on from, which is forgotten once all of this is kept; null for none. */
  readonly from: string | null;
  /** As it is on the screen, whether it can be trained or not. */
  readonly document: Experiment;
  readonly epoch: number;
  readonly step: number;
  /** The project file that a plain Save goes to; null for none. */
  readonly target: string | null;
  readonly withData: boolean;
  /** Whether that file holds all of this. */
  readonly saved: boolean;
  /** See {@link SessionsApi.keepData}; null where the document names no files, or they are too large to be kept. */
  readonly data: string | null;
  readonly view: string;
  readonly checkpoints: readonly { readonly name: string; readonly title: string }[];
  /** Parts that are new or changed since the last update. */
  readonly parts: readonly StoredPart[];
  /** Names of the parts that are as they were. */
  readonly same: readonly string[];
}

export interface SessionKept {
  /** Written by this update. */
  readonly bytes: number;
}

export interface OpenedSession {
  readonly document: Experiment;
  readonly name: string;
  /** Its project file where it is still there and no other window has it. */
  readonly target: FileTarget | null;
  readonly withData: boolean;
  readonly saved: boolean;
  readonly data: readonly ProjectFile[];
  readonly view: string;
  readonly present: StoredMoment | null;
  readonly runs: readonly StoredRun[];
  readonly checkpoints: readonly { readonly title: string; readonly moment: StoredMoment }[];
}
