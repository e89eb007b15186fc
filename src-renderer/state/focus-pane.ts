import { tick } from 'svelte';
import type { AppState } from './app.svelte';
import type { Pane } from './panes.svelte';

/** The panes in the order of the page, and what in each the focus begins with. */
const PANES: readonly { readonly pane: Pane; readonly within: string; readonly first: string }[] = [
  { pane: 'pipeline', within: 'nav', first: '[data-card][tabindex="0"]' },
  { pane: 'stage', within: 'main', first: '[role=tab][aria-selected=true]' },
  { pane: 'lesson', within: '.lesson', first: 'button:enabled' },
  {
    pane: 'inspector',
    within: 'aside',
    first: ':is(input, select, textarea, button):enabled, summary, [tabindex="0"]:not([role=separator])',
  },
];

/** Moves the focus to the next pane, or with -1 to the one before, and brings that on the screen. */
export async function focusPane(app: AppState, by: 1 | -1): Promise<void> {
  const panes = PANES.filter(({ pane }) => pane !== 'lesson' || app.lessons.lesson !== null);
  const focused = document.activeElement;
  const at = panes.findIndex(({ within }) => focused !== null && focused.closest(within) !== null);
  const to = panes[at < 0 && by < 0 ? panes.length - 1 : (at + by + panes.length) % panes.length]!;
  app.panes.show(to.pane);
  await tick();
  document.querySelector<HTMLElement>(`${to.within} :is(${to.first})`)?.focus();
}
