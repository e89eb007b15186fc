import Calendar from '@lucide/svelte/icons/calendar';
import Hash from '@lucide/svelte/icons/hash';
import Sparkles from '@lucide/svelte/icons/sparkles';
import Tag from '@lucide/svelte/icons/tag';
import ToggleLeft from '@lucide/svelte/icons/toggle-left';
import Type from '@lucide/svelte/icons/type';
import type { ColumnType, DataOverview, DataSummary, RowOrder } from '../../../src-worker/api';
import type { GridColumn } from './grid-types';

const LEAST_WIDTH = 72;
const MOST_WIDTH = 260;
/** Of a figure, a letter of the header, and what stands beside them. */
const CHARACTER = 7;
const CELL_PADDING = 26;
const HEADER_PADDING = 52;
/** Of numbers with three figures, a sign and an exponent. */
const NUMBER_WIDTH = 88;

export const TYPE_ICONS = {
  number: Hash,
  category: Tag,
  boolean: ToggleLeft,
  date: Calendar,
  text: Type,
} satisfies { readonly [T in ColumnType]: unknown };

/** The columns of a table as they were read. */
export function rawColumns(summary: DataSummary, overview: DataOverview, { sort }: RowOrder): readonly GridColumn[] {
  return summary.columns.map(({ name, type, role }, index): GridColumn => {
    const known = overview.columns[index];
    return {
      name,
      icon: TYPE_ICONS[type],
      about: `${type}, ${role === 'ignore' ? 'ignored' : role}`,
      tone: role === 'target' ? 'target' : role === 'ignore' ? 'ignored' : 'plain',
      width: widthFor(name, known?.widest ?? 0),
      right: type === 'number',
      distribution: known?.distribution ?? null,
      sortable: known?.kept === true,
      sorted: sort?.column !== name ? 'none' : sort.descending ? 'descending' : 'ascending',
    };
  });
}

/** The numbers that the network sees: its inputs, then its targets. */
export function inputColumns({ inputs, targets }: DataOverview): readonly GridColumn[] {
  const column = (name: string, about: string, tone: GridColumn['tone']): GridColumn => ({
    name,
    icon: null,
    about,
    tone,
    width: Math.max(NUMBER_WIDTH, widthFor(name, 0)),
    right: true,
    distribution: null,
    sortable: false,
    sorted: 'none',
  });
  return [
    ...inputs.map((name, index) => column(name, `input x${subscript(index + 1)}`, 'plain')),
    ...targets.map((name, index) =>
      column(name, targets.length === 1 ? 'target y' : `target y${subscript(index + 1)}`, 'target'),
    ),
  ];
}

/** What the network answers to each row. */
export const ANSWER_COLUMN: GridColumn = {
  name: 'answer',
  icon: Sparkles,
  about: 'what the network says now',
  tone: 'plain',
  width: 116,
  right: false,
  distribution: null,
  sortable: false,
  sorted: 'none',
};

function widthFor(name: string, characters: number): number {
  const wanted = Math.max(characters * CHARACTER + CELL_PADDING, name.length * CHARACTER + HEADER_PADDING);
  return Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, wanted));
}

function subscript(index: number): string {
  return String(index).replaceAll(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]!);
}
