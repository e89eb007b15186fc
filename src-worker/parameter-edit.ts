import type { CompiledNetwork } from './engine';
import { fail, succeed, type Outcome } from './problem';
import type { Run } from './run';
import type { NamedTensor } from './tensor';

/** One number of a network's parameters, set by hand. */
export interface ParameterEdit {
  /** Of the array: `W1`, `b1`. */
  readonly name: string;
  /** In the array, row-major. */
  readonly index: number;
  readonly value: number;
}

/** What became of it: the same edit with `value` set to `before` takes it back, to the bit. */
export interface ParameterChange extends ParameterEdit {
  /** As the backend keeps it: rounded to its precision. */
  readonly value: number;
  readonly before: number;
}

/**
 * The arrays of these names, or all of them.
 * @returns copies, which the caller owns, in layer order; names that the network does not have are left out
 */
export function parametersOf(network: CompiledNetwork, names?: readonly string[]): readonly NamedTensor[] {
  const parameters = network.parameters();
  return names === undefined ? parameters : parameters.filter(({ name }) => names.includes(name));
}

/** Sets one number; the run goes on from there. A problem that names the array leaves everything as it was. */
export function setParameter(run: Run, edit: ParameterEdit): Outcome<ParameterChange> {
  const changed = editParameter(run.network, edit);
  if (changed.ok) run.goOnFromHere();
  return changed;
}

function editParameter(network: CompiledNetwork, { name, index, value }: ParameterEdit): Outcome<ParameterChange> {
  const parameters = network.parameters();
  const tensor = parameters.find((parameter) => parameter.name === name);
  const before = tensor?.values[index];
  if (tensor === undefined || before === undefined) {
    return fail({
      code: 'parameter/unknown',
      message: `This network has no number ${index.toLocaleString('en')} in an array ${name}.`,
      hint: 'Choose one of the weights and biases that are shown.',
    });
  }
  const kept = network.precision === 'float32' ? Math.fround(value) : value;
  if (!Number.isFinite(kept)) {
    return fail({
      code: 'parameter/not-finite',
      message: `${name} can be any number up to ${network.precision === 'float32' ? '3.4e38' : '1.8e308'}, but not ${value}.`,
      hint: 'Give it a smaller number.',
    });
  }
  tensor.values[index] = kept;
  network.setParameters(parameters);
  return succeed({ name, index, value: kept, before });
}
