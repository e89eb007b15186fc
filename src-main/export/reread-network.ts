import type { ModelSnapshot } from '../../src-worker/api';
import { compileReference } from '../../src-worker/network';
import { ProblemError } from '../../src-worker/problem';
import { encodeRaw } from '../../src-worker/proof';
import { readModel } from '../import';
import type { ExportFile, ExportReader } from './format';

/**
 * Opens an export as a foreign model would be opened, layer by layer, without what Layerlab left in it for itself, and answers in float64. The
 * readers (src-main/import) share no code with the formats.
 */
export async function rereadNetwork(files: readonly ExportFile[], model: ModelSnapshot): Promise<ExportReader> {
  const read = await readModel(files);
  if (!read.ok) throw new ProblemError(read.problems[0]!, ...read.problems.slice(1));
  const { network, problems } = read.value;
  if (network === null) throw problems[0] === undefined ? new Error('no network') : new ProblemError(problems[0]);
  const { training } = model.experiment;
  const reference = compileReference({ network: network.spec, training, inputShape: network.inputShape }, 'float64');
  reference.setParameters(network.parameters);
  return (inputs) => Promise.resolve(reference.predict(encodeRaw(model.preprocessing, inputs), inputs.count));
}
