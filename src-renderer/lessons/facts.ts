import type {
  Experiment,
  GradientCheckState,
  Metrics,
  NamedTensor,
  Part,
  StepTiming,
  StepTrace,
} from '../../src-worker/api';
import type { RunRecord } from '../state/run-record';
import type { RunPhase } from '../state/run.svelte';

/** What goals are judged by: the app as it stands, as plain data. */
export interface LessonFacts {
  readonly document: Experiment;
  /** Trained numbers of the whole network, and of each layer of the document; null while unknown. */
  readonly parameters: { readonly all: number | null; readonly layers: readonly (number | null)[] };
  readonly run: RunStanding;
  readonly runs: readonly RunRecord[];
  /** The view on the stage. */
  readonly view: string;
  /** Whether the last thing that happened to the document was an undo. */
  readonly undone: boolean;
  /** By name, as the weights are now; null while nobody asked or training goes on. */
  readonly weights: ReadonlyMap<string, NamedTensor> | null;
  /** One step on the example that the goal asks for, likewise. */
  readonly trace: StepTrace | null;
  /** Loops against the engine, likewise. */
  readonly timing: StepTiming | null;
  /** What the gradient check found about this network on these data; null until it went through every array. */
  readonly check: GradientCheckState | null;
}

export interface RunStanding {
  readonly phase: RunPhase;
  /** Epochs that are done. */
  readonly epoch: number;
  readonly step: number;
  /** The newest figures of each part; null where there are none. */
  readonly metrics: Readonly<Record<Part, Metrics | null>>;
}

/** What a goal says of itself. */
export interface GoalState {
  readonly met: boolean;
  /** From 0 to 1, where it makes sense. */
  readonly progress: number | null;
  /** How far it is, in a few words: `87.0 % of 95.0 %`. Empty where there is nothing to say. */
  readonly words: string;
}
