import type { Experiment } from '../../src-worker/api';
import type { ControlName } from './controls';
import type { Goal } from './goals';

/** A lesson as it stands in a `.layerlab-lesson` file, read and checked: plain data. docs/lesson-format.md is the same for readers. */
export interface Lesson {
  readonly format: 'layerlab-lesson';
  readonly version: 1;
  readonly title: string;
  /** One sentence for the list: what one can do afterwards. */
  readonly summary: string;
  /** Where its example comes from, such as `CS229 notes, section 2.1`; may be empty. */
  readonly source: string;
  /** The document that it opens with. */
  readonly experiment: Experiment;
  /** The view that it opens with; empty for the one that is open. */
  readonly view: string;
  /** Controls within reach while it is open; null for all. */
  readonly controls: readonly ControlName[] | null;
  /** Views within reach; null for all. */
  readonly views: readonly string[] | null;
  readonly steps: readonly LessonStep[];
}

export interface LessonStep {
  readonly title: string;
  /** Paragraphs, lists and equations as markup.ts reads them. */
  readonly text: string;
  /** Another document that the step is about, opened by a button; null for the one that is there. */
  readonly setUp: { readonly label: string; readonly experiment: Experiment } | null;
  readonly goals: readonly Goal[];
}
