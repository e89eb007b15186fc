import type { Component } from 'svelte';

/** One view of the stage. Its state outlives a look at another view only where the app's state keeps it. */
export interface StageView {
  readonly name: string;
  /** Its code comes when it is first looked at, so that a start waits for no view but the first. */
  readonly load: () => Promise<{ readonly default: Component }>;
}

/** Every view in the order of the tabs. To add one: a component and a line here; its tab, its key and its command follow. */
export const STAGE_VIEWS = [
  { name: 'Curves', load: () => import('./Curves.svelte') },
  { name: 'Data', load: () => import('./Data.svelte') },
  { name: 'Boundary', load: () => import('./Boundary.svelte') },
  { name: 'Try it', load: () => import('./try/TryIt.svelte') },
  { name: 'Weights', load: () => import('./Weights.svelte') },
  { name: 'Activations', load: () => import('./Activations.svelte') },
  { name: 'Mistakes', load: () => import('./mistakes/Mistakes.svelte') },
  { name: 'Network', load: () => import('./Network.svelte') },
  { name: 'Maths', load: () => import('./maths/Maths.svelte') },
  { name: 'Check', load: () => import('./check/Check.svelte') },
  { name: 'Runs', load: () => import('./runs/Runs.svelte') },
  { name: 'Sweep', load: () => import('./sweep/Sweep.svelte') },
] as const satisfies readonly StageView[];

export type ViewName = (typeof STAGE_VIEWS)[number]['name'];
