import type { AppState } from '../state/app.svelte';

export interface StateWords {
  readonly text: string;
  readonly tone: 'quiet' | 'good' | 'accent' | 'wrong';
}

/** The state of the window in a few words, the most pressing first. */
export function stateWords(app: AppState): StateWords {
  const { data, run } = app;
  if (data.loading) return { text: 'Reading data', tone: 'accent' };
  if (data.problems.length > 0) return { text: data.lacksFiles ? 'Data missing' : 'Data not usable', tone: 'wrong' };
  if (!app.canTrain) return { text: 'Not trainable yet', tone: 'wrong' };
  if (run.phase === 'diverged' && run.answered) {
    return { text: 'Changed: training starts from new weights', tone: 'accent' };
  }
  switch (run.phase) {
    case 'none':
    case 'building':
      return { text: 'Building', tone: 'accent' };
    case 'ready':
      return { text: 'Ready', tone: 'quiet' };
    case 'training':
      return { text: 'Training', tone: 'good' };
    case 'paused':
      return { text: 'Paused', tone: 'quiet' };
    case 'finished':
      return { text: run.progress?.stopped === 'early' ? 'Stopped early, best weights' : 'Finished', tone: 'good' };
    case 'diverged':
      return { text: 'Diverged', tone: 'wrong' };
  }
}
