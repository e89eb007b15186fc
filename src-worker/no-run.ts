import type { Problem } from './problem';

/** Of calls that need a network. */
export const noRun: Problem = {
  code: 'trainer/no-run',
  message: 'No network has been built yet.',
  hint: 'Build the experiment first.',
};
