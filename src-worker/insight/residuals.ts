import type { Part } from '../engine';
import { fail, succeed, type Outcome } from '../problem';
import type { Run } from '../run';

export interface ResidualsRequest {
  readonly part: Part;
  /** Examples at most, evenly spread over the part. */
  readonly most: number;
}

/** What the network answers to examples whose target is a number, beside that target; in the target's own units. */
export interface Residuals {
  readonly part: Part;
  /** Name of the target. */
  readonly target: string;
  /** Examples of the part. */
  readonly count: number;
  /** Of the chosen ones, in the order of the part; fresh. */
  readonly targets: Float64Array;
  readonly answers: Float64Array;
}

/** What the trainer offers of it. */
export interface ResidualsApi {
  /** Answers and targets of a regression; a problem for classes, and where the split leaves the part empty. */
  residuals(request: ResidualsRequest): Outcome<Residuals>;
}

/** See `ResidualsApi.residuals`: y = output · deviation + mean. */
export function residualsOf(run: Run, { part, most }: ResidualsRequest): Outcome<Residuals> {
  const { network, prepared, outputs, experiment } = run;
  const { task, target } = prepared.preprocessing;
  if (task !== 'regression') {
    return fail({
      code: 'residuals/classes',
      message: 'The target is a class: there is no difference between an answer and a target.',
      hint: 'Look at the confusion matrix.',
    });
  }
  const examples = prepared.bindable(part, outputs, network.precision, experiment.training.classWeights);
  if (examples === null) {
    return fail({
      code: 'run/empty-part',
      message: `The ${part} part has no examples.`,
      hint: 'Give it a share of the split, or a file of its own.',
      path: 'data.split',
    });
  }
  const { count, y } = examples;
  const { yHat } = network.evaluate(part);
  const chosen = Math.min(count, Math.max(1, Math.floor(most)));
  const take = (values: ArrayLike<number>) =>
    Float64Array.from(
      { length: chosen },
      (_, i) => values[Math.floor((i * count) / chosen)]! * target.deviation + target.mean,
    );
  return succeed({ part, target: target.name, count, targets: take(y), answers: take(yHat) });
}
