import type { Extent, Padding } from './document';
import type { ExtentField, PaddingField } from './field';
import { describeValue, type Findings } from './findings';

/** Reads a whole number, or two as [height, width]; two equal ones become the one that they mean. */
export function readExtent(value: unknown, path: string, field: ExtentField, findings: Findings): Extent {
  if (value === undefined) return field.default;
  const numbers: readonly unknown[] = Array.isArray(value) ? value : [value, value];
  const [height, width] = numbers;
  if (numbers.length === 2 && isWhole(height, field) && isWhole(width, field)) {
    return height === width ? height : [height, width];
  }
  findings.add(
    'extent',
    path,
    `${path} must be a whole number from ${field.min} to ${field.max}, or two as [height, width], but is ${describeNumbers(value)}.`,
    `Write ${field.default}, or [${field.default}, ${field.default + 1}] for another width than height.`,
  );
  return field.default;
}

/** Reads one of the words of a padding, or a whole number of zeros. */
export function readPadding(value: unknown, path: string, field: PaddingField, findings: Findings): Padding {
  if (value === undefined) return field.default;
  const word = field.options.find((option) => option.value === value);
  if (word !== undefined) return word.value;
  if (isWhole(value, field)) return value;
  const words = field.options.map((option) => `"${option.value}"`).join(', ');
  findings.add(
    'padding',
    path,
    `${path} must be ${words} or a whole number from ${field.min} to ${field.max}, but is ${describeValue(value)}.`,
    `Write "${field.default}", or how many zeros go on every side.`,
  );
  return field.default;
}

/** A list of two is short enough to print where its entries are. */
function describeNumbers(value: unknown): string {
  if (!Array.isArray(value) || value.length !== 2) return describeValue(value);
  return `[${value.map(describeValue).join(', ')}]`;
}

function isWhole(value: unknown, { min, max }: { readonly min: number; readonly max: number }): value is number {
  return Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;
}
