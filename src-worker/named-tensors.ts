import { ProblemError } from './problem';
import { sizeOf, type NamedTensor } from './tensor';

/**
 * Copies arrays that come from outside, such as a saved project, into the arrays of a network by name. All of them are
 * checked first, so that a bad one changes nothing.
 *
 * @param targets live arrays of the network; their values are overwritten
 * @throws ProblemError if a name is unknown or missing, or a shape or length is another one
 */
export function assignTensors(targets: readonly NamedTensor[], sources: readonly NamedTensor[]): void {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const given = new Set<string>();
  for (const source of sources) {
    const target = byName.get(source.name);
    if (target === undefined || given.has(source.name)) {
      throw misfit('tensor/unknown', `The array ${source.name} does not belong to this network.`);
    }
    if (source.shape.join() !== target.shape.join() || source.values.length !== sizeOf(target.shape)) {
      throw misfit(
        'tensor/shape',
        `The array ${source.name} must be [${target.shape.join(', ')}], but is [${source.shape.join(', ')}] with ${source.values.length} values.`,
      );
    }
    given.add(source.name);
  }
  const missing = targets.find((target) => !given.has(target.name));
  if (missing !== undefined) throw misfit('tensor/missing', `The array ${missing.name} of this network is missing.`);
  for (const source of sources) byName.get(source.name)!.values.set(source.values);
}

/** Copies whose values the receiver owns. */
export function copyTensors(tensors: readonly NamedTensor[]): NamedTensor[] {
  return tensors.map(({ name, shape, values }) => ({ name, shape, values: values.slice() }));
}

/** How many updates an optimizer has made, as it is saved: exact far beyond what float32 can count. */
export function timeTensor(t: number): NamedTensor {
  return { name: 't', shape: [1], values: Float64Array.of(t) };
}

function misfit(code: string, message: string): ProblemError {
  return new ProblemError({ code, message, hint: 'Use weights that were saved with this very network.' });
}
