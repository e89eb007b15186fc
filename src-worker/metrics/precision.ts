import { macroAverage } from './confusion';
import type { MetricDefinition } from './metric';

/** Precision of each class, averaged over the classes; see {@link macroAverage}. */
export const precision: MetricDefinition<'precision'> = {
  kind: 'precision',
  label: 'Precision',
  summary: 'Of the answers with a class, the share that are right, averaged over the classes.',
  fields: [],
  equation: '\\frac{1}{K} \\sum_{c} \\frac{\\mathrm{TP}_c}{\\mathrm{TP}_c + \\mathrm{FP}_c}',
  source: 'van Rijsbergen, Information Retrieval (1979), chapter 7',
  tasks: ['binary', 'multi-class'],
  minimumColumns: 1,
  unit: 'share',

  measure: (predictions) => macroAverage(predictions, 'precision'),
};
