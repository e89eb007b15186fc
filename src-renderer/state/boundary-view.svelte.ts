import type { PlaneChoice } from '../../src-worker/api';

/** What is coloured: the network's answer, or a unit of a layer, all by their numbers from 0 on. */
export type Shown = 'answer' | { readonly layer: number; readonly unit: number };

/** What of the Boundary view outlives a look at another view; another experiment begins with a fresh one. It may not fit the data after an edit. */
export class BoundaryViewState {
  choice = $state.raw<PlaneChoice>({ kind: 'first' });
  /** Values other than the typical ones, by column. */
  held = $state.raw<Readonly<Record<string, number>>>({});
  shown = $state.raw<Shown>('answer');
  /** The number of the layer whose units stand below the picture; null for none. */
  layer = $state<number | null>(null);
  parts = $state<[train: boolean, dev: boolean, test: boolean]>([true, true, true]);
  #origin = 0;

  /** Forgets what was chosen for another experiment. */
  belongTo(origin: number): void {
    if (this.#origin === origin) return;
    this.#origin = origin;
    this.choice = { kind: 'first' };
    this.held = {};
    this.shown = 'answer';
    this.layer = null;
  }
}
