import { sameValue } from '../../../src-worker/experiment/same-value';
import type { MistakesRequest } from '../../../src-worker/api';
import type { AppState } from '../../state/app.svelte';
import type { Checkpoint } from '../../state/checkpoints.svelte';
import type { WeightsChoice } from '../../state/mistakes.svelte';

/** The checkpoints whose weights belong to the network and the features on the screen; single examples may differ. */
export function fittingCheckpoints({ run, checkpoints }: Pick<AppState, 'run' | 'checkpoints'>): readonly Checkpoint[] {
  const { built } = run;
  if (built === null) return [];
  const { network, data } = built.document;
  const { source, columns } = data;
  return checkpoints.list.filter(({ kept: { subject } }) => {
    const { document, files } = subject;
    return (
      sameValue(document.network, network) &&
      sameValue(document.data.source, source) &&
      sameValue(document.data.columns, columns) &&
      files === built.files
    );
  });
}

/** The weights of a choice, as the worker is asked for them. */
export function weightsOf(
  app: Pick<AppState, 'run' | 'checkpoints'>,
  choice: WeightsChoice,
): MistakesRequest['weights'] {
  if (choice === 'best') return (app.run.progress?.best ?? null) === null ? 'present' : 'best';
  const kept = fittingCheckpoints(app).find(({ id }) => id === choice);
  return kept === undefined ? 'present' : kept.kept.moment.state.parameters;
}
