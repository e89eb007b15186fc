import type { MenuCommand } from '../bridge';
import type { Verb } from '../verbs';

/** The channel of each verb; the preload and the main process name it alike. */
export function channelOf(verb: Verb): string {
  return `layerlab:${verb}`;
}

/** The page says that the pointer begins to drag a file. */
export const DRAG_CHANNEL = 'layerlab:drag';

/** The one channel from the menu to the page. */
export const MENU_CHANNEL = 'layerlab:menu';

/** Every command a menu may send; one without its line here does not compile. */
export const MENU_COMMANDS = {
  new: true,
  'load-data': true,
  open: true,
  save: true,
  'save-as': true,
  export: true,
  'export-again': true,
  undo: true,
  redo: true,
  train: true,
  step: true,
  'step-epoch': true,
  'step-example': true,
  'train-to': true,
  checkpoint: true,
  'restore-best': true,
  reset: true,
  palette: true,
  theme: true,
  shortcuts: true,
} as const satisfies Readonly<Record<MenuCommand, true>>;

export function isMenuCommand(value: unknown): value is MenuCommand {
  return typeof value === 'string' && Object.hasOwn(MENU_COMMANDS, value);
}
