import type { Component } from 'svelte';
import type { DataOverview, DataSummary } from '../../../src-worker/api';
import type { DataLook } from '../../state/data-view.svelte';
import Images from './Images.svelte';
import Overview from './Overview.svelte';
import Rows from './Rows.svelte';
import Scatter from './Scatter.svelte';

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

/** Painting makes data and needs none; every other look is at data. */
export type LookAtData = Exclude<DataLook, 'paint'>;

const isTable = ({ kind }: DataSummary): boolean => kind !== 'images';

/** Every side from which data can be looked at, in the order of the buttons. To add one: a component and a line here. */
export const LOOKS: { readonly [L in LookAtData]: Look } = {
  overview: { label: 'Overview', component: Overview, fills: false, suits: () => true },
  rows: { label: 'Rows', component: Rows, fills: true, suits: isTable },
  scatter: { label: 'Scatter', component: Scatter, fills: true, suits: isTable },
  images: { label: 'Images', component: Images, fills: true, suits: (summary) => !isTable(summary) },
};

/** The sides that these data have; painting in front where the points were painted. */
export function looksFor(summary: DataSummary | null, painted: boolean): readonly DataLook[] {
  const looks =
    summary === null ? [] : (Object.keys(LOOKS) as LookAtData[]).filter((look) => LOOKS[look].suits(summary));
  return painted ? ['paint', ...looks] : looks;
}
