import type { DoctorChange, Experiment, Finding, Outcome, Problem } from '../../src-worker/api';
import type { AppState } from './app.svelte';
import { pause } from './pace';

/** What answers: the training worker. */
interface DoctorSource {
  diagnose(): Promise<Outcome<Finding | null>>;
}

/** The run as it stands: its document, the last epoch of its curves, which experiment it is, and whether it diverged with this document. */
interface Patient {
  readonly document: Experiment;
  readonly epoch: number;
  readonly origin: number;
  readonly diverged?: boolean;
}

/** Of the time between two looks, so much at most goes into looking. */
const SHARE = 0.05;

/**
 * Has the run examined for what is on the screen: one request at a time, seldom enough to cost training next to nothing. A view that is
 * not there asks for nothing.
 */
export class DoctorFeed {
  #found = $state.raw<{ readonly document: Experiment; readonly outcome: Outcome<Finding | null> } | null>(null);
  readonly #source: DoctorSource;
  readonly #intervalMs: number;
  #wanted: Patient | null = null;
  #examined: Patient | null = null;
  /** The run as it stood when it first had the document that it has now. */
  #changed: Patient | null = null;
  #asking = false;
  #nextMs = 0;

  /** @param intervalMs least time between two looks: words that change more often cannot be read */
  constructor(source: DoctorSource, intervalMs = 1000) {
    this.#source = source;
    this.#intervalMs = intervalMs;
  }

  /** Wishes for a look at the run as it is now; replaces a wish that was not yet answered. Null withdraws it. */
  ask(patient: Patient | null): void {
    this.#wanted = patient === null || this.#untried(patient) ? null : patient;
    if (!this.#asking) void this.#pull();
  }

  /** Whether its document was just changed and has had no epoch to show what that does: the curves are still those of the one before. */
  #untried(patient: Patient): boolean {
    const before = this.#changed;
    if (before === null || before.origin !== patient.origin) this.#changed = { ...patient, epoch: -1 };
    else if (!sameSettings(before.document, patient.document)) this.#changed = patient;
    const known = this.#examined !== null && sameSettings(this.#examined.document, patient.document);
    return !known && patient.diverged !== true && this.#changed?.epoch === patient.epoch;
  }

  /** What was found in a run of this document; null where nothing was, or it was not looked at yet. */
  findingOf(document: Experiment): Finding | null {
    const outcome = this.#outcomeOf(document);
    return outcome?.ok === true ? outcome.value : null;
  }

  /** Why a run of this document could not be examined; null where it was, or it was not looked at yet. */
  problemOf(document: Experiment): Problem | null {
    const outcome = this.#outcomeOf(document);
    return outcome?.ok === false ? (outcome.problems[0] ?? null) : null;
  }

  #outcomeOf(document: Experiment): Outcome<Finding | null> | null {
    const found = this.#found;
    return found !== null && sameSettings(found.document, document) ? found.outcome : null;
  }

  async #pull(): Promise<void> {
    this.#asking = true;
    while (this.#wanted !== null) {
      await pause(this.#nextMs - performance.now());
      const patient = this.#wanted;
      if (patient === null) break;
      this.#wanted = null;
      const start = performance.now();
      const outcome = await this.#source.diagnose();
      const now = performance.now();
      this.#nextMs = now + Math.max(this.#intervalMs, (now - start) / SHARE);
      this.#examined = patient;
      this.#found = { document: patient.document, outcome };
    }
    this.#asking = false;
  }
}

/** One click: the proposed change as a step of undo. */
export function applyChange({ experiment }: Pick<AppState, 'experiment'>, { label, parts, start }: DoctorChange): void {
  const options = start === 'here' ? {} : { enters: { kind: start } };
  experiment.edit(label, (document) => ({ ...document, ...parts }), options);
}

/** The name alone may differ. */
function sameSettings(a: Experiment, b: Experiment): boolean {
  return a.data === b.data && a.network === b.network && a.training === b.training;
}
