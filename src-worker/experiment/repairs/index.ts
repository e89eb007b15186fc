import type { Problem } from '../../problem';
import { inspectNetwork } from '../../shape';
import { sameValue } from '../same-value';
import { mendField } from './fields';
import { mendNoImage, mendWindow, switchOff } from './layers';
import { addOutput, mendLossActivation, mendLossTask, mendOutputs } from './output';
import type { Mender, Repair, RepairContext } from './repair';
import { forgetClasses, mendLargeBatch, mendShares, mendSmallBatch, trainWithoutStopping } from './training';

/** Why a problem has no repair: what is to be done is for the person to decide. */
interface Unmendable {
  readonly why: string;
}

/** For every problem of a network, a layer or the training, by its code: how it is mended, or why it is not. */
export const repairs: Readonly<Record<string, Mender | Unmendable>> = {
  'network/no-layers': addOutput,
  'network/loss-task': mendLossTask,
  'network/loss-activation': mendLossActivation,
  'network/outputs': mendOutputs,
  'network/not-last': (problem, context) => [...switchOff(problem, context), ...addOutput(problem, context)],
  'network/too-large': { why: 'Which layer gives up its units is a matter of what the network is for.' },
  'layer/no-image': mendNoImage,
  'layer/window-too-large': mendWindow,
  'layer/no-input': { why: 'Which columns are features is said on the data card.' },
  'layer/units': mendField,
  'layer/filters': mendField,
  'layer/kernel': mendField,
  'layer/size': mendField,
  'layer/stride': mendField,
  'layer/padding': mendField,
  'layer/rate': mendField,
  'layer/decay': mendField,
  'layer/epsilon': mendField,
  'training/batch-too-large': mendLargeBatch,
  'training/batch-too-small': mendSmallBatch,
  'training/no-examples': mendShares,
  'training/no-dev-part': trainWithoutStopping,
  'training/unknown-class': forgetClasses,
  'memory/too-large': { why: 'Examples, batch and layers share the memory; the hint names what takes most of it.' },
  'experiment/number': mendField,
  'experiment/extent': mendField,
  'experiment/padding': mendField,
  'experiment/unknown-choice': mendField,
};

/**
 * Ways out of a problem, the best first: those that leave the fewest problems of the network. What would not help is left out.
 * @param context of the very document that was inspected
 */
export function repairsFor(problem: Problem, context: RepairContext): readonly Repair[] {
  const mender = Object.hasOwn(repairs, problem.code) ? repairs[problem.code] : undefined;
  if (typeof mender !== 'function') return [];
  const found = mender(problem, context);
  // A document that the parser refuses has no shapes to compare.
  if (!/^(network|layer)\//.test(problem.code)) return found;
  const before = standing(context.document, context);
  const helpful = found
    .map((repair) => ({ repair, after: standing(repair.document, context) }))
    .filter(({ after }) => after.problems < before.problems || after.unknown < before.unknown)
    .sort((one, other) => one.after.problems - other.after.problems || one.after.unknown - other.after.unknown)
    .map(({ repair }) => repair);
  return helpful.filter(
    ({ document }, place) => !helpful.slice(0, place).some((other) => sameValue(other.document, document)),
  );
}

/** Problems that are seen, and layers whose shape is not known: a repair may bring to light what was hidden behind. */
function standing({ network }: Repair['document'], { inputShape, target }: RepairContext) {
  const { layers, problems } = inspectNetwork(network, inputShape, target);
  return {
    problems: layers.reduce((sum, layer) => sum + layer.problems.length, problems.length),
    unknown: layers.filter(({ outputShape }) => outputShape === null).length,
  };
}

export type { Repair, RepairContext } from './repair';
