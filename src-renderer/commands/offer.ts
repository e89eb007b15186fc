import type { AppState } from '../state/app.svelte';
import { commands, runCommand, type CommandId } from '.';

/** A command as it stands now: what menus and the palette show. */
export interface Offer {
  /** The same whenever it is offered: recent ones are remembered by it. */
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly keys: readonly string[];
  /** Other words that it is looked for with. */
  readonly words: string;
  /** Why it cannot be done now; null where it can. */
  readonly obstacle: string | null;
  /** More of it than its label says. */
  readonly hint?: string;
  readonly run: () => void;
}

/** @param label in place of its own, for a menu that says of what it speaks */
export function offerOf(app: AppState, id: CommandId, label = commands[id].label): Offer {
  const { group, keys, words = '' } = commands[id];
  return { id, label, group, keys, words, obstacle: obstacleOf(app, id), run: () => runCommand(app, id) };
}

/** Why a command cannot be done now; null where it can. */
export function obstacleOf(app: AppState, id: CommandId): string | null {
  const { enabled, needs = 'Not now.' } = commands[id];
  if (enabled(app)) return null;
  return typeof needs === 'string' ? needs : needs(app);
}
