import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { activations } from './activations';
import type { Definition } from './definition';
import type { Field } from './experiment/field';
import { initializers } from './initializers';
import { layers } from './layers';
import { losses } from './losses';
import { metrics } from './metrics';
import { optimizers } from './optimizers';
import { schedules } from './schedules';

const registries: Readonly<Record<string, Readonly<Record<string, Definition<string>>>>> = {
  layers,
  activations,
  losses,
  initializers,
  optimizers,
  schedules,
  metrics,
};
const definitions = Object.entries(registries).flatMap(([registry, entries]) =>
  Object.entries(entries).map(([key, definition]) => ({ registry, key, definition })),
);

/** Whether a default is a value that the field itself would accept. */
function acceptsDefault(field: Field): boolean {
  switch (field.type) {
    case 'choice':
      return field.options.some(({ value }) => value === field.default);
    case 'padding':
      return field.options.some(({ value }) => value === field.default);
    case 'extent':
      return field.default >= field.min && field.default <= field.max;
    case 'kind':
      return Object.hasOwn(registries[field.registry]!, field.default);
    default: {
      const { default: value, min = -Infinity, max = Infinity, exclusiveMin = false, exclusiveMax = false } = field;
      const inside = (exclusiveMin ? value > min : value >= min) && (exclusiveMax ? value < max : value <= max);
      return inside && (field.type === 'number' || Number.isSafeInteger(value));
    }
  }
}

describe.each(definitions)('$registry/$key', ({ key, definition }) => {
  test('is registered under its kind, in kebab-case', () => {
    expect(definition.kind).toBe(key);
    expect(key).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('says what it is for in one sentence, and where it comes from', () => {
    expect(definition.label).not.toBe('');
    expect(definition.summary).toMatch(/^[A-Z].*\.$/);
    expect(definition.source).not.toBe('');
  });

  test('has an equation that KaTeX sets without complaint', () => {
    expect(() => katex.renderToString(definition.equation, { throwOnError: true, strict: 'error' })).not.toThrow();
    expect(definition.equation).not.toBe('');
  });

  test('has fields with a help sentence and a default that they accept', () => {
    for (const field of definition.fields) {
      expect(field.help, field.name).toMatch(/\.$/);
      expect(acceptsDefault(field), field.name).toBe(true);
    }
    expect(new Set(definition.fields.map(({ name }) => name)).size).toBe(definition.fields.length);
  });
});
