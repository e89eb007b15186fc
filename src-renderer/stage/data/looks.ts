import type { Component } from 'svelte';
import type { DataOverview, DataSummary } from '../../../src-worker/api';
import type { DataLook } from '../../state/data-view.svelte';
import Overview from './Overview.svelte';
import Rows from './Rows.svelte';

interface LookProps {
  readonly summary: DataSummary;
  readonly overview: DataOverview;
}

interface Look {
  readonly label: string;
  readonly component: Component<LookProps>;
  /** Whether it takes the height of the stage, and scrolls within. */
  readonly fills: boolean;
  readonly suits: (summary: DataSummary) => boolean;
}

/** Every side from which the data can be looked at, in the order of the buttons. To add one: a component and a line here. */
export const LOOKS: { readonly [L in DataLook]: Look } = {
  overview: { label: 'Overview', component: Overview, fills: false, suits: () => true },
  rows: { label: 'Rows', component: Rows, fills: true, suits: ({ kind }) => kind !== 'images' },
};

/** The sides that these data have. */
export function looksFor(summary: DataSummary): readonly DataLook[] {
  return (Object.keys(LOOKS) as DataLook[]).filter((look) => LOOKS[look].suits(summary));
}
