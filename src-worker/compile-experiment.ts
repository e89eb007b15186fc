import type { Inspection } from './api';
import type { TrainableData } from './data/prepared';
import type { CompiledNetwork } from './engine';
import type { Engine } from './engines';
import type { Experiment } from './experiment/document';
import { inspectExperiment, problemsOf } from './inspection';
import { fail, succeed, type Outcome } from './problem';

/**
 * Compiles the network of a document for the data, unless something stands in its way; examples are not bound yet.
 * @param experiment with every default filled in
 * @returns the network, of which the caller disposes
 */
export async function compileExperiment(
  experiment: Experiment,
  prepared: Pick<TrainableData, 'summary' | 'preprocessing'>,
  engine: Engine,
): Promise<Outcome<{ readonly network: CompiledNetwork; readonly inspection: Inspection }>> {
  const inspection = inspectExperiment(experiment, prepared, engine);
  if (!inspection.ready) return fail(...problemsOf(inspection));
  const { network, training } = experiment;
  const compiled = await engine.compile({ network, training, inputShape: inspection.inputShape });
  return succeed({ network: compiled, inspection });
}
