import type { SweepPlan, SweptSetting } from '../../src-worker/experiment/sweep/sweep-plan';
import { settingFor } from './setting-for';
import type { Sweepable } from './sweepables';

/** Points of a random sweep that nobody said anything about. */
const USUAL_DRAWS = 12;

/** What the person wants to sweep over, as the form shows it; outlives a look at another view. */
export class SweepSetup {
  method = $state<SweepPlan['method']>('grid');
  /** One or two; empty before the first look. */
  settings = $state.raw<readonly SweptSetting[]>([]);
  draws = $state(USUAL_DRAWS);
  seed = $state(1);
  /** Of each run; null for as many as the document says. */
  epochs = $state<number | null>(null);
  /** Networks side by side: a core stays for the window and the present run. */
  workers = $state(Math.max(1, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1));

  plan(epochs: number): SweepPlan {
    const { method, settings, draws, seed } = this;
    return { method, settings, draws, seed, epochs: this.epochs ?? epochs };
  }

  /** Sweeps over this setting, in place of the one that was there or as a second one. */
  choose(index: number, sweepable: Sweepable): void {
    this.change(index, settingFor(sweepable));
  }

  change(index: number, setting: SweptSetting): void {
    this.settings = this.settings.toSpliced(index, 1, setting);
  }

  remove(index: number): void {
    this.settings = this.settings.toSpliced(index, 1);
  }
}
