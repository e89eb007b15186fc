import type { SweepPlan, SweepPoint, SweptSetting, SweptValue } from '../../src-worker/experiment/sweep/sweep-plan';
import { formatSetting } from '../state/settings-difference';

/** A value of a setting as people read it. */
export function formatValue(setting: SweptSetting, value: SweptValue): string {
  if (setting.kind === 'choice')
    return setting.options.find((option) => option.value === value)?.label ?? String(value);
  return formatSetting(value);
}

/** `learning rate 0.01, layer 1 units 8` */
export function describePoint({ settings }: SweepPlan, values: SweepPoint): string {
  return settings.map((setting, n) => `${lower(setting.label)} ${formatValue(setting, values[n]!)}`).join(', ');
}

/** `learning rate × layer 1 units` */
export function describeSettings({ settings }: SweepPlan): string {
  return settings.map(({ label }) => lower(label)).join(' × ');
}

/** Name of a run in the list of runs: `Sweep 2: 0.01 · 8`. */
export function pointName(number: number, { settings }: SweepPlan, values: SweepPoint): string {
  return `Sweep ${number}: ${settings.map((setting, n) => formatValue(setting, values[n]!)).join(' · ')}`;
}

function lower(label: string): string {
  // Not of what is written in capitals: `L2 regularisation`.
  return /^[A-Z][a-z]/.test(label) ? `${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
}
