import type { DataOverview, DataSpec, DataSummary, Experiment, Problem } from '../../../src-worker/api';
import { formatCount } from '../../charts/format';
import type { AppState } from '../../state/app.svelte';
import { changeData, changeTraining } from '../../state/edits';
import { withRole, withSetting, withType } from '../column-edit';

/** What one click does about a warning. */
export interface WarningAction {
  readonly label: string;
  readonly change: (document: Experiment) => Experiment;
}

/** What is known of the data that the warning is of. */
interface Known {
  readonly summary: DataSummary;
  readonly overview: Pick<DataOverview, 'copies'>;
}

type ActionFor = (document: Experiment, known: Known, column: string | null) => WarningAction | null;

/** What can be done about each warning with one click; null where it takes more than that. To add one: a line. */
const actions: Readonly<Record<string, ActionFor>> = {
  'data/imbalance': ({ training }) =>
    training.classWeights !== 'none'
      ? null
      : {
          label: 'Balance the class weights',
          change: (document) => changeTraining(document, { classWeights: 'balanced' }),
        },
  'data/leak': turnFeature,
  'data/identifier': turnFeature,
  'data/constant-column': turnFeature,
  'data/many-holes': turnFeature,
  'data/not-numbers': (_, __, column) =>
    forColumn(column, `Take ${column} as a category`, (data, name) => withType(data, name, 'category')),
  'data/not-dates': ({ data }, _, column) => {
    const other = column !== null && data.columns[column]?.dateOrder === 'month-first' ? 'day-first' : 'month-first';
    return forColumn(column, `Read ${column} with the ${other.replace('-', ' ')}`, (before, name) =>
      withSetting(before, name, 'dateOrder', other),
    );
  },
  'data/class-not-in-part': ({ data }) =>
    data.split.stratify || (data.split.method !== 'shares' && data.split.method !== 'folds')
      ? null
      : {
          label: 'Stratify the split',
          change: (document) => changeData(document, { split: { ...document.data.split, stratify: true } }),
        },
  'data/duplicates': leaveCopiesOut,
  'data/duplicates-across-parts': leaveCopiesOut,
  'data/no-such-example': (_, { summary: { rows } }) => ({
    label: 'Forget them',
    change: ({ data, ...document }) => ({
      ...document,
      data: {
        ...data,
        excluded: data.excluded.filter((place) => place < rows),
        relabelled: Object.fromEntries(Object.entries(data.relabelled).filter(([place]) => Number(place) < rows)),
      },
    }),
  }),
};

/** What one click does about a warning of these data; null where nothing does. */
export function actionFor(warning: Problem, document: Experiment, known: Known): WarningAction | null {
  if (!Object.hasOwn(actions, warning.code)) return null;
  return actions[warning.code]!(document, known, columnIn(warning.path));
}

/** Carries it out as one step of undo. */
export function act({ experiment }: AppState, { label, change }: WarningAction): void {
  experiment.edit(label, change);
}

/** A column that takes part is left out; one that was left out is taken in. */
function turnFeature(_: Experiment, { summary }: Known, column: string | null): WarningAction | null {
  const role = summary.columns.find(({ name }) => name === column)?.role;
  if (role === undefined || role === 'target') return null;
  const next = role === 'feature' ? 'ignore' : 'feature';
  return forColumn(column, next === 'ignore' ? `Leave out ${column}` : `Make ${column} a feature`, (data, name) =>
    withRole(data, name, next, summary.target),
  );
}

/** One of each kind stays. */
function leaveCopiesOut(_: Experiment, { overview: { copies } }: Known): WarningAction | null {
  if (copies.length === 0) return null;
  return {
    label: copies.length === 1 ? 'Leave out the copy' : `Leave out ${formatCount(copies.length)} copies`,
    change: (document) => {
      const excluded = [...new Set([...document.data.excluded, ...copies])].sort((a, b) => a - b);
      return { ...document, data: { ...document.data, excluded } };
    },
  };
}

function forColumn(
  column: string | null,
  label: string,
  change: (data: DataSpec, column: string) => DataSpec,
): WarningAction | null {
  if (column === null) return null;
  return { label, change: (document) => ({ ...document, data: change(document.data, column) }) };
}

/** The column that a path in the document speaks of: `data.columns.age`, `data.columns["body mass"]`. */
export function columnIn(path: string | undefined): string | null {
  const found = /^data\.columns(?:\.(.+)|\[(".*")\])$/s.exec(path ?? '');
  if (found === null) return null;
  return found[1] ?? (JSON.parse(found[2]!) as string);
}
