import { commands, runCommand, type CommandId } from './commands';
import type { AppState } from './state/app.svelte';

/** The parts of a keyboard event that chords are made of. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

export const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Whether a press is the chord. `?` and other printed signs name the sign, whatever Shift it takes on this keyboard. */
export function matches(chord: string, press: KeyPress, mac = IS_MAC): boolean {
  const parts = chord.split('+');
  const key = parts.pop() ?? '';
  const mod = mac ? press.metaKey : press.ctrlKey;
  const otherMod = mac ? press.ctrlKey : press.metaKey;
  if (otherMod || mod !== parts.includes('Mod') || press.altKey !== parts.includes('Alt')) return false;
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  if (!isSign && press.shiftKey !== parts.includes('Shift')) return false;
  return (key === 'Space' ? ' ' : key).toLowerCase() === press.key.toLowerCase();
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

/** The chord as people read it: `Ctrl+Shift+Z`, on a Mac `⇧⌘Z`. */
export function formatChord(chord: string, mac = IS_MAC): string {
  const parts = chord.split('+').map((part) => SIGNS[part] ?? part);
  if (!mac) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+');
  const order: Readonly<Record<string, string>> = { Alt: '⌥', Shift: '⇧', Mod: '⌘' };
  const signs = Object.keys(order).filter((name) => parts.includes(name));
  return signs.map((name) => order[name]).join('') + (parts.at(-1) ?? '');
}

/** Label and key for a button's tooltip: `One step (→)`. */
export function tooltip(id: CommandId, label = commands[id].label): string {
  const chord = commands[id].keys[0];
  return chord === undefined ? label : `${label} (${formatChord(chord)})`;
}

/** Runs the command of a key press, unless someone types into a field or a control has its own use for the key. */
export function handleKey(app: AppState, event: KeyboardEvent): void {
  if (event.defaultPrevented || app.dialogs.current !== null) return;
  const found = Object.entries(commands).find(([, command]) => command.keys.some((chord) => matches(chord, event)));
  if (found === undefined || belongsToControl(event)) return;
  const [id, command] = found as [CommandId, (typeof commands)[CommandId]];
  // Before anything else: Ctrl+S must not save the page even while there is nothing to save.
  if (event.ctrlKey || event.metaKey || command.enabled(app)) event.preventDefault();
  if (!event.repeat || id === 'step' || id === 'undo' || id === 'redo') runCommand(app, id);
}

/** Whatever is typed into. */
const TYPED_INTO = [
  'input:not([type=checkbox], [type=radio], [type=range])',
  'textarea',
  '[contenteditable]:not([contenteditable=false])',
  '[role=textbox]',
  '[role=searchbox]',
  '[role=spinbutton]',
  '[role=combobox]',
].join();

/** Fields keep every key but function keys and the chords with Ctrl or ⌘ that edit no text; buttons and menus keep theirs. */
function belongsToControl(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target === null || /^F\d+$/.test(event.key)) return false;
  const withMod = event.ctrlKey || event.metaKey;
  if (target.closest(TYPED_INTO) !== null) return !withMod || ['z', 'y', 'd'].includes(event.key.toLowerCase());
  if (withMod) return false;
  if (target.closest('[role=menu]') !== null) return true;
  if (event.key === ' ') {
    // A selected card has nothing left that Space could do to it, so there it trains like everywhere else.
    return target.closest('button:not([data-card][aria-current=true]), select, a, summary, input') !== null;
  }
  if (event.key.startsWith('Arrow') && !event.altKey) {
    return target.closest('select, input, [role=tablist], [role=slider], [role=radiogroup]') !== null;
  }
  // A list is chosen from by letters; what is deleted while it has the focus would be something else.
  return target.closest('select') !== null && (event.key.length === 1 || /^(Delete|Backspace)$/.test(event.key));
}
