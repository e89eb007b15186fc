import type { DataSpec, Experiment, LayerSpec, SampleKind, TrainingSpec } from '../../../experiment/document';
import { PLAIN_TRAINING, defaultDataSpec } from '../../../experiment/defaults';
import { outputFor } from '../../../experiment/layer-specs';
import { createReferenceEngine } from '../../../engines';
import { createTrainer } from '../../../trainer';
import type { DataSummary, Outcome } from '../../../api';
import type { AilmentKind, Finding } from '../doctor-types';

/** A run to be examined: a document, and the files of its data where it has any. */
export interface DoctorCase {
  readonly name: string;
  readonly data: DataSpec;
  readonly files?: readonly File[];
  /** Hidden layers, then settings; the output and the loss follow from the data. Left out, as the app suggests them. */
  readonly layers?: readonly LayerSpec[];
  readonly training?: Partial<TrainingSpec>;
  readonly seed: number;
}

export interface IllCase extends DoctorCase {
  readonly fault: AilmentKind;
}

/** Trains the case to its end, as the app does it, and examines it. */
export async function examine(each: DoctorCase): Promise<Finding | null> {
  const trainer = createTrainer(createReferenceEngine('float32'));
  const summary = unwrap(await trainer.loadData(each.data, each.files ?? [], []));
  unwrap(await trainer.build(documentOf(each, summary, unwrap(trainer.suggestExperiment(each.name)))));
  unwrap(trainer.advance({ steps: 1e7 }));
  return unwrap(trainer.diagnose());
}

function documentOf(each: DoctorCase, summary: DataSummary, suggested: Experiment): Experiment {
  const { layer, loss } = outputFor({ task: summary.task, classes: summary.classes.length });
  const layers = each.layers === undefined ? suggested.network.layers : [...each.layers, layer];
  const training = each.layers === undefined ? suggested.training : PLAIN;
  return {
    ...suggested,
    network: { layers, loss: each.layers === undefined ? suggested.network.loss : loss, seed: each.seed },
    training: { ...training, seed: each.seed, ...each.training },
  };
}

const PLAIN: TrainingSpec = {
  ...PLAIN_TRAINING,
  optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  batchSize: 32,
  epochs: 60,
  seed: 1,
};

export function sample(kind: SampleKind, seed: number, examples = 300, noise = 0.1, classes?: number): DataSpec {
  return defaultDataSpec({ sample: kind, examples, noise, seed, ...(classes === undefined ? {} : { classes }) });
}

export function csv(name: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]) {
  const text = [columns, ...rows].map((row) => row.join(',')).join('\n');
  return { data: defaultDataSpec({ files: [name], testFiles: [] }), files: [new File([text], name)] };
}

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
