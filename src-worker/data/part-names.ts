import type { Part } from '../engine';

const names: Readonly<Record<Part, readonly string[]>> = {
  train: ['train', 'training', 'learn', 'learning'],
  dev: ['dev', 'development', 'val', 'valid', 'validation', 'eval', 'evaluation'],
  test: ['test', 'testing', 'holdout', 'hold-out'],
};

/** The part that a cell names, without regard to case; null where it names none. */
export function partNamed(text: string): Part | null {
  const plain = text.trim().toLowerCase();
  for (const part of ['train', 'dev', 'test'] as const) if (names[part].includes(plain)) return part;
  return null;
}
