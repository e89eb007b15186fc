import { readRows } from '../../bound-examples';
import { caught } from '../../caught';
import { noRun } from '../../no-run';
import { fail, succeed, type Outcome } from '../../problem';
import type { Run } from '../../run';
import { resolveNetwork, type ResolvedLayer } from '../../shape';
import { sizeOf } from '../../tensor';
import { bugs, type BugDefinition } from './bugs';
import type { GradientCheckApi, GradientCheckChoices, GradientCheckRequest, GradientCheckState } from './check-types';
import { GradientCheck } from './gradient-check';

/** More are never needed to find a wrong gradient. */
const MOST_EXAMPLES = 256;
const USUAL_EXAMPLES = 32;

/** Multiplications of one pass that the reference makes in a few milliseconds: a piece of work must not hold up the worker. */
const QUICK_PASS = 1_000_000;

interface Underway {
  readonly check: GradientCheck;
  readonly request: GradientCheckRequest;
  readonly trainingStep: number;
  readonly epoch: number;
  drawing: boolean;
}

/** The calls of the trainer that check the gradients of its run. */
export function gradientChecksOf(runOf: () => Run | null): GradientCheckApi {
  let underway: Underway | null = null;
  const withRun = <T>(use: (run: Run) => Outcome<T>): Outcome<T> =>
    caught(() => {
      const run = runOf();
      return run === null ? fail(noRun) : use(run);
    });

  return {
    gradientCheckChoices: () => withRun((run) => succeed(choicesOf(run))),

    startGradientCheck: (request) =>
      withRun((run) => {
        underway = begin(run, request);
        return succeed(stateOf(underway, 0));
      }),

    continueGradientCheck: (ms, curveOf) =>
      caught(() => {
        if (underway === null) return fail(noCheck);
        const { check } = underway;
        const start = performance.now();
        do {
          if (check.advance()) continue;
          const name = curveOf ?? check.worst;
          underway.drawing = name !== null && check.advanceCurve(name);
          if (!underway.drawing) break;
        } while (performance.now() < start + ms);
        return succeed(stateOf(underway, performance.now() - start));
      }),
  };
}

function choicesOf(run: Run): GradientCheckChoices {
  const { experiment, prepared } = run;
  const layers = resolveNetwork(experiment.network, prepared.preprocessing.inputShape);
  const most = Math.min(MOST_EXAMPLES, prepared.summary.parts.train);
  const quick = Math.floor(QUICK_PASS / multiplications(layers));
  const examples = Math.min(most, Math.max(2, Math.min(USUAL_EXAMPLES, quick)));
  const scene = { layers, loss: experiment.network.loss, l2: experiment.training.l2, rows: examples };
  return {
    mostExamples: most,
    examples,
    bugs: Object.values<BugDefinition>(bugs).map(({ kind, label, summary, right, wrong, needs, hits }) => ({
      ...{ kind, label, summary, right, wrong, needs },
      hits: hits(scene),
    })),
  };
}

/** Of one example on its way forward. */
function multiplications(layers: readonly ResolvedLayer[]): number {
  const of = ({ parameters, outputShape }: ResolvedLayer): number => {
    const W = parameters.find(({ regularised }) => regularised);
    if (W === undefined) return sizeOf(outputShape);
    // Each unit of a dense layer stands in the output once, a filter at every place of its image.
    return (sizeOf(W.shape) / W.shape[0]!) * sizeOf(outputShape);
  };
  return layers.reduce((sum, layer) => sum + of(layer), 1);
}

function begin(run: Run, request: GradientCheckRequest): Underway {
  const { experiment, prepared, network, outputs, walk } = run;
  const { inputShape } = prepared.preprocessing;
  const { classWeights, l2, l1 } = experiment.training;
  const part = prepared.bindable('train', outputs, 'float64', classWeights);
  // A run is only built on data with a training part.
  if (part === null) throw new Error('a run without a training part');
  const examples = readRows(part, inputShape, outputs);
  const rows = Math.max(1, Math.min(request.examples, MOST_EXAMPLES, examples.count));
  const indices = Uint32Array.from({ length: rows }, (_, n) => Math.floor(((n + 0.5) * examples.count) / rows));
  const x = new Float64Array(rows * sizeOf(inputShape));
  const y = new Float64Array(rows * outputs);
  examples.read(indices, x, y, walk.epoch + 1);
  const weights = examples.weightsOf(indices);
  const check = new GradientCheck({
    ...{ network: experiment.network, inputShape, l2, l1, x, y, rows, weights },
    ...{ parameters: network.parameters(), trainingStep: network.step },
    ...{ step: request.step, entries: request.entries, bug: request.bug },
  });
  return { check, request, trainingStep: network.step, epoch: walk.epoch, drawing: true };
}

function stateOf({ check, request, trainingStep, epoch, drawing }: Underway, ms: number): GradientCheckState {
  const { finished, done, total, verdicts, limit, curve } = check;
  return {
    status: !finished ? 'arrays' : drawing ? 'curve' : 'done',
    ...{ done, total, trainingStep, epoch, limit, request, ms },
    verdicts: [...verdicts],
    curve: curve === null ? null : { ...curve, errors: [...curve.errors] },
  };
}

const noCheck = {
  code: 'check/none',
  message: 'No gradient check has been started.',
  hint: 'Start one first.',
};
