import type { Experiment } from '../../src-worker/api';
import { parseExperiment } from '../../src-worker/experiment/parse';
import type { SettingValue } from './goals/goal';

/** The value at a path of the document, such as `network.layers[0].units`; undefined where the path leads nowhere. */
export function valueAt(document: Experiment, path: string): unknown {
  let value: unknown = document;
  for (const key of keysOf(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

/**
 * The document with another value there; a `kind` takes the defaults of its fields along. The same document where the path leads
 * nowhere or the value is not one that the document allows.
 */
export function withValueAt(document: Experiment, path: string, value: SettingValue): Experiment {
  if (valueAt(document, path) === undefined) return document;
  const parsed = parseExperiment(replaced(document, keysOf(path), value));
  return parsed.ok ? parsed.value : document;
}

function replaced(value: unknown, [key, ...rest]: readonly string[], leaf: SettingValue): unknown {
  if (key === undefined) return leaf;
  if (key === 'kind' && rest.length === 0) return { kind: leaf };
  const inner = replaced((value as Readonly<Record<string, unknown>>)[key], rest, leaf);
  if (Array.isArray(value)) return value.map((each: unknown, index) => (String(index) === key ? inner : each));
  return { ...(value as object), [key]: inner };
}

/** `network.layers[0].units` and `network.layers.0.units` are the same path. */
function keysOf(path: string): readonly string[] {
  return path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((key) => key !== '');
}
