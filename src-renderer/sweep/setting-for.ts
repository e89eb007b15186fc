import type { NumberField } from '../../src-worker/api';
import type { SweptNumber, SweptSetting } from '../../src-worker/experiment/sweep/sweep-plan';
import type { Sweepable } from './sweepables';

type Range = Pick<SweptNumber, 'from' | 'to' | 'count' | 'spacing'>;

/** How a setting is swept at first: a choice over all it has, a number around what it is now. */
export function settingFor({ path, label, range, value }: Sweepable): SweptSetting {
  if (!('type' in range)) return { kind: 'choice', path, label, options: range };
  const around = rangeAround(range, Number(value));
  const whole = range.type === 'integer';
  const [from, to] = [around.from, around.to].map((end) => within(range, whole ? Math.round(end) : tidy(end)));
  return { kind: 'number', path, label, whole, ...around, from: from!, to: to! };
}

function rangeAround(field: NumberField, value: number): Range {
  const { name, type, scale, max = Infinity } = field;
  if (name === 'seed') return { from: value, to: value + 4, count: 5, spacing: 'even' };
  if (scale === 'log') {
    if (value <= 0) return { from: 1e-4, to: 0.1, count: 4, spacing: 'ratio' };
    const factor = type === 'integer' ? 4 : 10;
    return { from: value / factor, to: value * factor, count: 5, spacing: 'ratio' };
  }
  if (type === 'integer') return { from: value / 2, to: Math.max(2 * value, value + 2), count: 4, spacing: 'even' };
  if (value <= 0) return { from: value - 1, to: value + 1, count: 3, spacing: 'even' };
  return { from: value / 2, to: max === Infinity ? 2 * value : (value + max) / 2, count: 3, spacing: 'even' };
}

function within({ min = -Infinity, max = Infinity }: NumberField, value: number): number {
  return Math.min(max, Math.max(min, value));
}

function tidy(value: number): number {
  return Number(value.toPrecision(3));
}
