import type { ImagesRequest, RowOrder, ScatterRequest } from '../../src-worker/api';

/** The sides from which the Data view looks at the data. */
export type DataLook = 'paint' | 'overview' | 'rows' | 'scatter' | 'images';

const ALL_ROWS: RowOrder = { show: 'all', filter: '', sort: null };
const ALL_IMAGES: Pick<ImagesRequest, 'show' | 'class' | 'order'> = { show: 'all', class: null, order: 'place' };

/** What of the Data view outlives a look at another view; another experiment begins with a fresh one. */
export class DataViewState {
  /** What the person chose last; it may not fit the data that are loaded. */
  look = $state<DataLook>('overview');
  /** Whether rows are shown as they were read or as the network sees them. */
  as = $state<'raw' | 'inputs'>('raw');
  answers = $state(false);
  order = $state.raw(ALL_ROWS);
  images = $state.raw(ALL_IMAGES);
  axes = $state.raw<ScatterRequest | null>(null);
  /** The place of the example that is looked at. */
  selected = $state<number | null>(null);
  /** The column whose settings are open in the inspector. */
  column = $state<string | null>(null);
  /** Whether the person is on the way to those settings. */
  arriving = $state(false);
  #origin = 0;

  /** Forgets what was said of another experiment's data. */
  belongTo(origin: number): void {
    if (this.#origin === origin) return;
    this.#origin = origin;
    this.order = ALL_ROWS;
    this.images = ALL_IMAGES;
    this.axes = null;
    this.selected = null;
    this.column = null;
  }
}
