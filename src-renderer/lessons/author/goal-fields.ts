import { typedNumber, type GoalField, type SettingValue } from '../goals/goal';

/** A setting of a goal as the author's form shows it. */
export function writeField(value: unknown): string {
  return Array.isArray(value) ? value.join('\n') : String(value);
}

/** What was typed as the field takes it; null while it is not that yet. */
export function readField(field: GoalField, text: string): SettingValue | readonly string[] | null {
  switch (field.type) {
    case 'text':
    case 'choice':
      return text;
    case 'texts':
      return text.split('\n');
    case 'number': {
      const value = typedNumber(text);
      return value === null || value < (field.min ?? -Infinity) || value > (field.max ?? Infinity) ? null : value;
    }
    case 'value':
      return text === 'true' || text === 'false' ? text === 'true' : (typedNumber(text) ?? text);
  }
}

/** What is wrong with what was typed, as a sentence under the field; null where the field takes it. */
export function complaintOf(field: GoalField, text: string): string | null {
  if (readField(field, text) !== null) return null;
  const value = typedNumber(text);
  if (field.type !== 'number' || value === null) return 'Type a number.';
  return value < (field.min ?? -Infinity) ? `At least ${field.min}, please.` : `At most ${field.max}, please.`;
}
