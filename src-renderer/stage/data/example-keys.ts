import type { AppState } from '../../state/app.svelte';
import { exclude, putBack, relabel } from '../../state/example-edits';

/** The class that a digit stands for: the one that is called so, as digits are, else the first for 1 and so on. */
export function classOfKey(classes: readonly string[], key: string): string | undefined {
  if (!/^\d$/.test(key)) return undefined;
  return classes.includes(key) ? key : classes[Number(key) - 1];
}

/** The digit of a class; empty where it has none. */
export function keyOfClass(classes: readonly string[], name: string): string {
  return DIGITS.find((key) => classOfKey(classes, key) === name) ?? '';
}

const DIGITS: readonly string[] = [...'1234567890'];

/**
 * The keys of a selected example, the same in every view: Delete takes it out or puts it back, a digit gives it that class.
 * @param own examples of the first file, which alone can be taken out or relabelled
 * @returns whether the key was one of them
 */
export function editByKey(app: AppState, event: KeyboardEvent, place: number, own: number): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const name = classOfKey(app.data.summary?.classes ?? [], event.key);
  const isDelete = event.key === 'Delete' || event.key === 'Backspace';
  if (!isDelete && name === undefined) return false;
  // Delete must not fall through to the selected layer, whatever came of it here.
  event.preventDefault();
  event.stopPropagation();
  if (place >= own || event.repeat) return true;
  if (name !== undefined) relabel(app, place, name);
  else if (app.experiment.document.data.excluded.includes(place)) putBack(app, place);
  else exclude(app, place);
  return true;
}
