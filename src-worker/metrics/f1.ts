import { macroAverage } from './confusion';
import type { MetricDefinition } from './metric';

/** F1 of each class, averaged over the classes; see {@link macroAverage}. */
export const f1: MetricDefinition<'f1'> = {
  kind: 'f1',
  label: 'F1',
  summary: 'The harmonic mean of precision and recall of a class, averaged over the classes.',
  fields: [],
  equation: '\\frac{1}{K} \\sum_{c} \\frac{2 P_c R_c}{P_c + R_c}',
  source: 'van Rijsbergen, Information Retrieval (1979), chapter 7',
  tasks: ['binary', 'multi-class'],
  minimumColumns: 1,
  unit: 'share',

  measure: (predictions) => macroAverage(predictions, 'f1'),
};
