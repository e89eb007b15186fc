import type { Experiment } from '../../src-worker/api';
import { sameValue } from '../../src-worker/experiment/same-value';
import type { SweepPlace } from '../../src-worker/experiment/sweep/sweep-plan';
import type { RunFacts, RunKeeper, RunRecord } from './run-record';

/** Of a run whose weights were never in this window. */
const NO_ERA = -1;

/** Every run of this window: written down as it goes, kept until it is deleted. Pure data, so that it can be saved. */
export class RunsState implements RunKeeper {
  /** The newest first, pinned ones before the others. */
  list = $state.raw<readonly RunRecord[]>([]);
  #next = 1;

  start(number: number | null, facts: RunFacts, era: number): number {
    const known = this.list.find((each) => each.number === number);
    if (known !== undefined && known.step <= facts.step && !isAnother(known, facts)) return known.number;
    const added: RunRecord = {
      ...facts,
      number: this.#next++,
      name: '',
      pinned: false,
      overlaid: false,
      parent: known === undefined ? null : { number: known.number, epoch: facts.epoch },
      era,
    };
    this.#show([{ ...added, name: `Run ${added.number}` }, ...this.list]);
    return added.number;
  }

  /**
   * A run that was trained elsewhere, which has no weights here.
   * @param by what trained it
   */
  add(facts: RunFacts, by: string): RunRecord {
    const name = by === '' ? `Run ${this.#next}` : `Run ${this.#next}, ${by}`;
    const added = this.#numbered({ ...facts, name, overlaid: true });
    this.#show([added, ...this.list]);
    return added;
  }

  /** Runs of a sweep that came to their end: their weights were their workers'. */
  addOfSweep(runs: readonly (RunFacts & { readonly name: string; readonly sweep: SweepPlace })[]): void {
    this.#show([...runs.map((run) => this.#numbered({ ...run, overlaid: false })), ...this.list]);
  }

  note(number: number, facts: RunFacts, era: number): void {
    this.#change(number, (run) => (facts.step < run.step || isAnother(run, facts) ? run : { ...run, ...facts, era }));
  }

  /** Those that lie over the curves of the present one. */
  over(present: number | null): readonly RunRecord[] {
    return this.list.filter(({ overlaid, number }) => overlaid && number !== present);
  }

  rename(number: number, name: string): void {
    if (name.trim() !== '') this.#change(number, (run) => ({ ...run, name: name.trim() }));
  }

  pin(number: number, pinned: boolean): void {
    this.#change(number, (run) => ({ ...run, pinned }));
  }

  overlay(number: number, overlaid: boolean): void {
    this.#change(number, (run) => ({ ...run, overlaid }));
  }

  /** @returns puts them back as they were */
  delete(...numbers: readonly number[]): () => void {
    const gone = this.list.filter(({ number }) => numbers.includes(number));
    this.#show(this.list.filter((run) => !gone.includes(run)));
    return () => {
      const back = gone.filter(({ number }) => !this.list.some((run) => run.number === number));
      this.#show([...back, ...this.list]);
    };
  }

  /** Brings back runs of an earlier window; their numbers are those of no run here. */
  restore(runs: readonly RunRecord[]): void {
    this.#next = Math.max(this.#next, ...runs.map(({ number }) => number + 1));
    this.#show([...runs, ...this.list]);
  }

  #numbered(run: RunFacts & Pick<RunRecord, 'name' | 'overlaid' | 'sweep'>): RunRecord {
    return { ...run, number: this.#next++, pinned: false, parent: null, era: NO_ERA };
  }

  #change(number: number, change: (run: RunRecord) => RunRecord): void {
    this.#show(this.list.map((run) => (run.number === number ? change(run) : run)));
  }

  #show(runs: readonly RunRecord[]): void {
    this.list = [...runs].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.number - a.number);
  }
}

/**
 * A run that has come to its end stays what it was: what is trained from there with other settings is a run of its own. More epochs of the same
 * are not.
 */
function isAnother({ outcome, document }: RunRecord, facts: RunFacts): boolean {
  const ended = outcome === 'finished' || outcome === 'early';
  return ended && !sameValue(settingsOf(document), settingsOf(facts.document));
}

function settingsOf({ data, network, training }: Experiment) {
  return { data, network, training: { ...training, epochs: 0 } };
}
