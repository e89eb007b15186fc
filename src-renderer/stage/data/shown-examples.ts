import type { ShownExamples } from '../../../src-worker/api';

/** Which examples a view shows, in words. */
export const SHOWN: readonly { readonly value: ShownExamples; readonly label: string }[] = [
  { value: 'all', label: 'All parts' },
  { value: 'train', label: 'Train' },
  { value: 'dev', label: 'Dev' },
  { value: 'test', label: 'Test' },
  { value: 'left-out', label: 'Left out' },
  { value: 'relabelled', label: 'Relabelled' },
];
