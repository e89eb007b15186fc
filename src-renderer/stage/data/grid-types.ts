import type { Component } from 'svelte';
import type { Distribution } from '../../../src-worker/api';

/** A column as the grid shows it. */
export interface GridColumn {
  readonly name: string;
  /** What type it is, as a picture and in words; null for what has none. */
  readonly icon: Component<{ size?: number | string }> | null;
  /** Type and role in words, for the tooltip and for those who hear it. */
  readonly about: string;
  readonly tone: 'plain' | 'target' | 'ignored';
  readonly width: number;
  readonly right: boolean;
  readonly distribution: Distribution | null;
  readonly sortable: boolean;
  readonly sorted: 'ascending' | 'descending' | 'none';
}

/** What a cell shows. */
export interface GridCell {
  readonly text: string;
  /** `hole`: there is no value; `changed`: another one than in the file; `wrong`: an answer that is not the target. */
  readonly tone?: 'hole' | 'changed' | 'wrong';
  readonly title?: string;
}
