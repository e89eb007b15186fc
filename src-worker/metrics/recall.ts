import { macroAverage } from './confusion';
import type { MetricDefinition } from './metric';

/** Recall of each class, averaged over the classes; see {@link macroAverage}. */
export const recall: MetricDefinition<'recall'> = {
  kind: 'recall',
  label: 'Recall',
  summary: 'Of the examples of a class, the share that are found, averaged over the classes.',
  fields: [],
  equation: '\\frac{1}{K} \\sum_{c} \\frac{\\mathrm{TP}_c}{\\mathrm{TP}_c + \\mathrm{FN}_c}',
  source: 'van Rijsbergen, Information Retrieval (1979), chapter 7',
  tasks: ['binary', 'multi-class'],
  minimumColumns: 1,
  unit: 'share',

  measure: (predictions) => macroAverage(predictions, 'recall'),
};
