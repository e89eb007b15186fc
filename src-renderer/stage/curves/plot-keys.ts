import type { Range } from '../../charts/scale';

/** What a key does to a chart that has the focus. */
export type PlotAction =
  | { readonly kind: 'leave' }
  | { readonly kind: 'whole' }
  | { readonly kind: 'zoom'; readonly nearer: boolean }
  | { readonly kind: 'pan'; readonly share: number }
  | {
      readonly kind: 'read';
      /** Near which x to read, and whether next to it in a direction. */
      readonly place: (now: number | null, window: Range) => [x: number, direction: 1 | -1 | 0];
    };

const step = (direction: 1 | -1): PlotAction => ({
  kind: 'read',
  place: (now, { min, max }) =>
    now === null
      ? [direction > 0 ? min : max, 0]
      : [now, now + direction < min || now + direction > max ? 0 : direction],
});

const leap = (direction: 1 | -1): PlotAction => ({
  kind: 'read',
  place: (now, { min, max }) => {
    const from = now ?? (direction > 0 ? min : max);
    return [Math.min(max, Math.max(min, from + (direction * (max - min)) / 10)), 0];
  },
});

const KEYS: Readonly<Record<string, PlotAction>> = {
  ArrowLeft: step(-1),
  ArrowRight: step(1),
  ArrowDown: step(-1),
  ArrowUp: step(1),
  PageDown: leap(-1),
  PageUp: leap(1),
  Home: { kind: 'read', place: (_, { min }) => [min, 0] },
  End: { kind: 'read', place: (_, { max }) => [max, 0] },
  'Shift+ArrowLeft': { kind: 'pan', share: -0.25 },
  'Shift+ArrowRight': { kind: 'pan', share: 0.25 },
  '+': { kind: 'zoom', nearer: true },
  '=': { kind: 'zoom', nearer: true },
  '-': { kind: 'zoom', nearer: false },
  '0': { kind: 'whole' },
  Escape: { kind: 'leave' },
};

/** Null for a key that a chart has no use for. */
export function actionOf({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>): PlotAction | null {
  if (ctrlKey || metaKey || altKey) return null;
  return KEYS[shiftKey && key.startsWith('Arrow') ? `Shift+${key}` : key] ?? null;
}
