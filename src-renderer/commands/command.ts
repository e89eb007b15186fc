import type { AppState } from '../state/app.svelte';

/** In the order of the palette and of the sheet of keys. */
export const COMMAND_GROUPS = ['Training', 'Network', 'Views', 'Editing', 'Files', 'Window'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Something a person can ask for by key, menu, palette or button; every one of these reads it here. */
export interface Command {
  readonly label: string;
  readonly group: CommandGroup;
  /** Chords such as `Mod+Shift+Z`; Mod is ⌘ on a Mac and Ctrl elsewhere. The first is the one that is shown. */
  readonly keys: readonly string[];
  /** Other words that it is looked for with in the palette. */
  readonly words?: string;
  readonly enabled: (app: AppState) => boolean;
  /** What has to be so before it is enabled; the palette shows it. */
  readonly needs?: string | ((app: AppState) => string);
  readonly run: (app: AppState) => void | Promise<void>;
}

export type Commands = Readonly<Record<string, Command>>;

export const always = (): boolean => true;
