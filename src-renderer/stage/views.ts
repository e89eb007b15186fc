import type { Component } from 'svelte';
import Boundary from './Boundary.svelte';
import Curves from './Curves.svelte';
import Data from './Data.svelte';
import Network from './Network.svelte';
import Maths from './maths/Maths.svelte';
import Runs from './runs/Runs.svelte';

/** One view of the stage. Its state outlives a look at another view only where the app's state keeps it. */
export interface StageView {
  readonly name: string;
  readonly component: Component;
}

/** Every view in the order of the tabs. To add one: a component and a line here. */
export const STAGE_VIEWS = [
  { name: 'Curves', component: Curves },
  { name: 'Data', component: Data },
  { name: 'Boundary', component: Boundary },
  { name: 'Network', component: Network },
  { name: 'Maths', component: Maths },
  { name: 'Runs', component: Runs },
] as const satisfies readonly StageView[];

export type ViewName = (typeof STAGE_VIEWS)[number]['name'];
