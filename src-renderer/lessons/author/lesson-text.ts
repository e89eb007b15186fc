import { serializeExperiment } from '../../../src-worker/experiment/serialize';
import type { Experiment } from '../../../src-worker/api';
import type { Lesson } from '../lesson';

/** The text of a lesson's file: what {@link Lesson} holds, in the order of docs/lesson-format.md, paragraphs as a list. */
export function lessonText(lesson: Lesson): string {
  const { steps, experiment, ...rest } = lesson;
  const file = {
    ...rest,
    experiment: plainExperiment(experiment),
    steps: steps.map(({ text, setUp, goals, title }) => ({
      title,
      text: text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== ''),
      ...(setUp === null ? {} : { setUp: { label: setUp.label, experiment: plainExperiment(setUp.experiment) } }),
      goals,
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function plainExperiment(experiment: Experiment): unknown {
  return JSON.parse(serializeExperiment(experiment));
}
