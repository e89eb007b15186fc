import type { Catalog, TrainingSpec } from '../../src-worker/api';
import { writeNumber } from '../../src-worker/experiment/write-number';
import { formatCount, formatPlural } from '../charts/format';
import { entryOf, type KindValue } from '../state/layers';

/** The settings of training that are on, in the order of the inspector: `β 0.9 · batch 16 · L2 0.01 · cosine · stops early`. */
export function describeTraining(training: TrainingSpec, catalog: Catalog): string {
  const { optimizer, schedule, batchSize, epochs, l2, l1, clipNorm, earlyStopping, classWeights } = training;
  const values: KindValue = { ...optimizer };
  const own = entryOf(catalog.optimizers, optimizer.kind).fields.filter(({ name }) => name !== 'learningRate');
  return [
    ...own.map(({ name, symbol, label }) => `${symbol ?? label} ${String(values[name])}`),
    `batch ${formatCount(batchSize)}`,
    formatPlural(epochs, 'epoch'),
    ...(schedule.kind === 'constant' ? [] : [entryOf(catalog.schedules, schedule.kind).label.toLowerCase()]),
    ...(l2 === 0 ? [] : [`L2 ${writeNumber(l2)}`]),
    ...(l1 === 0 ? [] : [`L1 ${writeNumber(l1)}`]),
    ...(clipNorm === 0 ? [] : [`‖g‖ ≤ ${writeNumber(clipNorm)}`]),
    ...(classWeights === 'none' ? [] : [classWeights === 'balanced' ? 'balanced classes' : 'weighted classes']),
    ...(earlyStopping === null ? [] : [`stops after ${formatPlural(earlyStopping.patience, 'epoch')} without gain`]),
  ].join(' · ');
}
