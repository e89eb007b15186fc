import * as v from 'valibot';
import type { Experiment } from '../src-worker/api';
import { parseExperiment } from '../src-worker/experiment/parse';
import { describeProblem } from '../src-worker/problem';
import type { SchemaOf } from './model-schema';

/** The document is validated by its own parser, which knows every rule of it. */
export const experimentSchema: SchemaOf<Experiment> = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parsed = parseExperiment(dataset.value);
    if (parsed.ok) return parsed.value;
    addIssue({ message: parsed.problems.map(describeProblem).join(' ') });
    return NEVER;
  }),
);
