import type { DataSpec } from '../../src-worker/api';
import { formatCount } from '../charts/format';
import type { AppState } from './app.svelte';
import { changeData } from './edits';

/** The document's data without one example of the first file. */
export function withExcluded(data: DataSpec, place: number): DataSpec {
  if (data.excluded.includes(place)) return data;
  return { ...data, excluded: [...data.excluded, place].sort((a, b) => a - b) };
}

/** The document's data with an example that was taken out put back. */
export function withPutBack(data: DataSpec, place: number): DataSpec {
  if (!data.excluded.includes(place)) return data;
  return { ...data, excluded: data.excluded.filter((other) => other !== place) };
}

/** The document's data with another target for one example; `null` gives it that of the file again. */
export function withTarget(data: DataSpec, place: number, target: string | number | null): DataSpec {
  const key = String(place);
  if (target === null && !Object.hasOwn(data.relabelled, key)) return data;
  if (data.relabelled[key] === target) return data;
  const others = Object.entries(data.relabelled).filter(([other]) => other !== key);
  return { ...data, relabelled: Object.fromEntries(target === null ? others : [...others, [key, target]]) };
}

/** `row 17`, `image 17`: places are counted from 1 for people. */
export function exampleName(app: AppState, place: number): string {
  return `${app.data.summary?.kind === 'images' ? 'image' : 'row'} ${formatCount(place + 1)}`;
}

export function exclude(app: AppState, place: number): void {
  edit(app, `Leave out ${exampleName(app, place)}`, (data) => withExcluded(data, place));
}

export function putBack(app: AppState, place: number): void {
  edit(app, `Put back ${exampleName(app, place)}`, (data) => withPutBack(data, place));
}

/** @param target null for that of the file */
export function relabel(app: AppState, place: number, target: string | number | null): void {
  const what = exampleName(app, place);
  edit(app, target === null ? `Give ${what} its own target` : `Relabel ${what} as ${target}`, (data) =>
    withTarget(data, place, target),
  );
}

/** Puts back every example that was taken out and gives each its own target again. */
export function putAllBack(app: AppState): void {
  edit(app, 'Put all examples back', (data) => ({ ...data, excluded: [], relabelled: {} }));
}

function edit(app: AppState, label: string, change: (data: DataSpec) => DataSpec): void {
  app.experiment.edit(label, (document) => {
    const data = change(document.data);
    return data === document.data ? document : changeData(document, data);
  });
}
