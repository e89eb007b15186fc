import type { ModelSnapshot, Preprocessing } from '../src-worker/api';
import { inputNames } from '../src-worker/data/features';
import { ProblemError, type Problem } from '../src-worker/problem';
import { resolveNetwork } from '../src-worker/shape';
import { sizeOf, type NamedTensor, type Shape } from '../src-worker/tensor';

/**
 * Whether the parts of a model belong together: weights and optimizer state fit the network, the preprocessing fits its input
 * and its output. What passes can be saved, exported and trained on.
 * @returns the first misfit of each part; empty for a sound model
 */
export function checkModel({ experiment, preprocessing, state }: ModelSnapshot): readonly Problem[] {
  try {
    const resolved = resolveNetwork(experiment.network, preprocessing.inputShape);
    const shapes = new Map(
      resolved.flatMap((layer) => layer.parameters.map(({ fullName, shape }): [string, Shape] => [fullName, shape])),
    );
    const outputs = sizeOf(resolved.at(-1)?.outputShape ?? []);
    return [
      misfitOfParameters(state.parameters, shapes),
      state.best ? misfitOfParameters(state.best.parameters, shapes) : null,
      misfitOfOptimizer(state.optimizer, shapes),
      misfitOfInput(preprocessing),
      misfitOfOutput(preprocessing, outputs),
    ].filter((problem) => problem !== null);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}

function misfitOfParameters(tensors: readonly NamedTensor[], shapes: ReadonlyMap<string, Shape>): Problem | null {
  const given = new Set(tensors.map((tensor) => tensor.name));
  const missing = [...shapes.keys()].find((name) => !given.has(name));
  if (missing !== undefined) return misfit('weights', `The weights ${missing} of the network are missing.`);
  if (given.size !== tensors.length) return misfit('weights', 'Some weights are there twice.');
  return firstMisfit(tensors, 'weights', (name) => shapes.get(name));
}

/** The arrays of an optimizer are named after the parameter they follow, such as `v.W1`, and shaped like it; `t` is a count. */
function misfitOfOptimizer(tensors: readonly NamedTensor[], shapes: ReadonlyMap<string, Shape>): Problem | null {
  if (new Set(tensors.map((tensor) => tensor.name)).size !== tensors.length) {
    return misfit('optimizer', 'Some of the optimizer’s arrays are there twice.');
  }
  return firstMisfit(tensors, 'optimizer', (name) =>
    name === 't' ? [1] : shapes.get(name.slice(name.indexOf('.') + 1)),
  );
}

function firstMisfit(
  tensors: readonly NamedTensor[],
  part: string,
  shapeOf: (name: string) => Shape | undefined,
): Problem | null {
  for (const { name, shape, values } of tensors) {
    const expected = shapeOf(name);
    const called = JSON.stringify(name);
    if (expected === undefined) return misfit(part, `The array ${called} does not belong to this network.`);
    if (shape.join() !== expected.join() || values.length !== sizeOf(expected)) {
      const found = `[${shape.join(', ')}] with ${values.length} values`;
      return misfit(part, `The array ${called} must be [${expected.join(', ')}], but is ${found}.`);
    }
  }
  return null;
}

function misfitOfInput({ inputShape, features, pixels }: Preprocessing): Problem | null {
  const inputs = sizeOf(inputShape);
  if (pixels !== null) {
    const channels = pixels.offset.length;
    const even = channels > 0 && pixels.scale.length === channels && inputs % channels === 0;
    const fits = even && (inputShape.length === 1 || inputShape[0] === channels);
    return fits
      ? null
      : misfit('preprocessing', `The scaling of ${channels} channels does not fit the network’s input.`);
  }
  const made = inputNames(features).length;
  if (made === inputs && inputShape.length === 1) return null;
  return misfit('preprocessing', `The columns make ${made} inputs, but the network has ${inputs}.`);
}

function misfitOfOutput({ task, target }: Preprocessing, outputs: number): Problem | null {
  const classes = target.classes.length;
  const fits = task === 'regression' ? classes === 0 : outputs === classes || (outputs === 1 && classes === 2);
  return fits ? null : misfit('preprocessing', `The network has ${outputs} outputs for ${classes} classes.`);
}

function misfit(part: string, message: string): Problem {
  return { code: `model/${part}`, message, hint: 'Build and train the network anew, then save or export it again.' };
}
