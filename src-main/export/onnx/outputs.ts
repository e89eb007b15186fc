import type { Preprocessing } from '../../../src-worker/api';
import type { ActivationKind } from '../../../src-worker/experiment/document';
import type { GraphBuilder } from './graph';
import { ELEMENT } from './proto';

/** Names that the file's outputs have. */
export const OUTPUTS = { probabilities: 'probabilities', scores: 'scores', label: 'label', value: 'value' } as const;

/** From here on a single output means the second class; src-worker/metrics/predicted-class.ts decides the same. */
const THRESHOLD = 0.5;

const PROBABILITIES: ReadonlySet<ActivationKind | null> = new Set<ActivationKind>(['sigmoid', 'softmax']);

/**
 * Turns the network's output `[batch, outputs]` into answers: `value` in the target's own units for a regression, else
 * `probabilities` (`scores` where the activation makes none) and the class's name as `label` `[batch]`.
 */
export function addAnswers(
  graph: GraphBuilder,
  yHat: string,
  outputs: number,
  activation: ActivationKind | null,
  { task, target }: Preprocessing,
): void {
  if (task === 'regression') {
    const value = addUnscaling(graph, yHat, target.mean, target.deviation);
    graph.output(OUTPUTS.value, value, 'float', [outputs], `${target.name}, in its own units`);
    return;
  }
  const index =
    outputs === 1 ? addThreshold(graph, yHat) : graph.add('ArgMax', 'label/index', [yHat], { axis: 1, keepdims: 0 });
  const names = graph.constant('label/names', [target.classes.length], target.classes);
  const label = graph.add('Gather', 'label/name', [names, index]);
  const meaning =
    outputs === 1 ? 'Probability of the second class in the metadata' : 'One per class, in the order of the metadata';
  graph.output(
    PROBABILITIES.has(activation) ? OUTPUTS.probabilities : OUTPUTS.scores,
    yHat,
    'float',
    [outputs],
    meaning,
  );
  graph.output(OUTPUTS.label, label, 'string', [], target.name);
}

/** value = ŷ · deviation + mean, in float64 as the app computes it. */
function addUnscaling(graph: GraphBuilder, yHat: string, mean: number, deviation: number): string {
  const wide = graph.add('Cast', 'value/wide', [yHat], { to: ELEMENT.double });
  const scaled = graph.add('Mul', 'value/scaled', [
    wide,
    graph.constant('value/deviation', [], Float64Array.of(deviation)),
  ]);
  const shifted = graph.add('Add', 'value/shifted', [scaled, graph.constant('value/mean', [], Float64Array.of(mean))]);
  return graph.add('Cast', 'value/narrow', [shifted], { to: ELEMENT.float });
}

function addThreshold(graph: GraphBuilder, yHat: string): string {
  const flat = graph.add('Squeeze', 'label/flat', [yHat, graph.constant('label/axis', [1], [1n])]);
  const threshold = graph.constant('label/threshold', [], Float32Array.of(THRESHOLD));
  const second = graph.add('GreaterOrEqual', 'label/second', [flat, threshold]);
  return graph.add('Cast', 'label/index', [second], { to: ELEMENT.int64 });
}
