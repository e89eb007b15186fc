import { layers } from '../../layers';
import { optimizers } from '../../optimizers';
import { schedules } from '../../schedules';
import type { Field } from '../field';
import { networkFields, trainingFields } from '../fields';
import { isWithin } from '../read';
import type { Mender } from './repair';

/** A number or word that its field does not take becomes the nearest that it does, or its default. */
export const mendField: Mender = ({ path = '' }, { document }) => {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const name = keys.at(-1) ?? '';
  const owner = keys.slice(0, -1).reduce<unknown>(inside, document);
  const field = fieldsOf(keys, owner).find((each) => each.name === name);
  if (field === undefined) return [];
  const value = nearest(field, inside(owner, name));
  return [
    {
      label: `Set ${field.label.toLowerCase()} to ${String(value)}`,
      document: set(document, keys, value) as typeof document, // with a value that its field takes
    },
  ];
};

function fieldsOf([section, ...rest]: readonly string[], owner: unknown): readonly Field[] {
  const kind = String(inside(owner, 'kind'));
  const of = (registry: Readonly<Record<string, { readonly fields: readonly Field[] }>>): readonly Field[] =>
    Object.hasOwn(registry, kind) ? registry[kind]!.fields : [];
  if (section === 'network') return rest.length === 1 ? Object.values(networkFields) : of(layers);
  if (section !== 'training') return [];
  if (rest.length === 1) return Object.values(trainingFields);
  return rest[0] === 'optimizer' ? of(optimizers) : rest[0] === 'schedule' ? of(schedules) : [];
}

function nearest(field: Field, given: unknown): unknown {
  if ((field.type !== 'number' && field.type !== 'integer') || typeof given !== 'number' || Number.isNaN(given)) {
    return field.default;
  }
  const { min = -Infinity, max = Infinity } = field;
  const clamped = Math.min(max, Math.max(min, field.type === 'integer' ? Math.round(given) : given));
  return Number.isFinite(clamped) && isWithin(clamped, field) ? clamped : field.default;
}

function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function set(target: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  const inner = rest.length === 0 ? value : set(inside(target, key), rest, value);
  return Array.isArray(target)
    ? (target as readonly unknown[]).with(Number(key), inner)
    : { ...(target as object), [key]: inner };
}
