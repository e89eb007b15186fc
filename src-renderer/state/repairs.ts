import type { Problem } from '../../src-worker/api';
import { repairsFor, type Repair } from '../../src-worker/experiment/repairs';
import type { AppState } from './app.svelte';
import { presetData } from './layer-edits';
import type { Selected } from './selection.svelte';

/** More ways out than these make choosing harder than mending by hand. */
const MOST = 3;

/** Ways out of a problem of the document on the screen, the best first. */
export function waysOut(app: AppState, problem: Problem): readonly Repair[] {
  const data = presetData(app);
  if (data === null) return [];
  const { inputShape, ...target } = data;
  const { summary } = app.data;
  const known = { examples: summary?.parts.train ?? 0, classNames: summary?.classes ?? [] };
  return repairsFor(problem, { document: app.experiment.document, inputShape, target, ...known }).slice(0, MOST);
}

export function takeRepair(app: AppState, { label, document }: Repair): void {
  app.experiment.edit(label, () => document);
  app.selection.clamp(document.network.layers.length);
}

/** What is wrong with what a card stands for. */
export function problemsOf(app: AppState, card: Selected): readonly Problem[] {
  const at = (prefix: string): readonly Problem[] =>
    (app.inspection?.problems ?? []).filter(({ path }) => path?.startsWith(prefix) ?? prefix === 'network');
  switch (card.kind) {
    case 'data':
      return app.data.problems.length > 0 ? app.data.problems : at('data');
    case 'layer':
      return app.inspectionOfLayer(card.index)?.problems ?? [];
    case 'loss':
      return at('network');
    case 'training':
      return at('training');
  }
}
