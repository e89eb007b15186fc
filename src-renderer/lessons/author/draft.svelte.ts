import type { Experiment } from '../../../src-worker/api';
import { goals, type Goal, type GoalKind } from '../goals';
import type { Lesson, LessonStep } from '../lesson';
import { readLessonText } from '../read-lesson';
import { lessonText } from './lesson-text';

const STORAGE_KEY = 'layerlab.lesson-draft';
const NEW_STEP: LessonStep = { title: 'New step', text: '', setUp: null, goals: [] };

/** The lesson that somebody writes, kept on this machine through every change until another one is begun. */
export class LessonDraft {
  lesson = $state.raw<Lesson | null>(restore());
  place = $state(0);

  readonly step: LessonStep | null = $derived(this.lesson?.steps[this.place] ?? null);

  /** Begins anew on a document. */
  begin(experiment: Experiment): void {
    const blank = { summary: '', source: '', view: '', controls: null, views: null };
    this.take({
      ...{ format: 'layerlab-lesson', version: 1, title: 'Untitled lesson', ...blank, experiment },
      steps: [{ ...NEW_STEP, title: 'First step' }],
    });
  }

  /** Goes on with a lesson that is there already. */
  take(lesson: Lesson): void {
    this.place = 0;
    this.#put(lesson);
  }

  change(part: Partial<Lesson>): void {
    if (this.lesson !== null) this.#put({ ...this.lesson, ...part });
  }

  changeStep(part: Partial<LessonStep>): void {
    const { lesson, place } = this;
    if (lesson === null) return;
    this.change({ steps: lesson.steps.map((step, index) => (index === place ? { ...step, ...part } : step)) });
  }

  go(place: number): void {
    const last = (this.lesson?.steps.length ?? 1) - 1;
    this.place = Math.min(last, Math.max(0, place));
  }

  /** A step behind the present one. */
  addStep(): void {
    const { lesson, place } = this;
    if (lesson === null) return;
    this.change({ steps: lesson.steps.toSpliced(place + 1, 0, NEW_STEP) });
    this.go(place + 1);
  }

  removeStep(): void {
    const { lesson, place } = this;
    if (lesson === null || lesson.steps.length === 1) return;
    this.change({ steps: lesson.steps.toSpliced(place, 1) });
    this.go(place);
  }

  moveStep(by: 1 | -1): void {
    const { lesson, place, step } = this;
    const to = place + by;
    if (lesson === null || step === null || to < 0 || to >= lesson.steps.length) return;
    this.change({ steps: lesson.steps.toSpliced(place, 1).toSpliced(to, 0, step) });
    this.go(to);
  }

  /** With the defaults of its kind. */
  addGoal(kind: GoalKind): void {
    const { label, fields } = goals[kind];
    const defaults = Object.fromEntries(fields.map((field) => [field.name, field.default]));
    const added = { kind, say: `${label}.`, hint: '', ...defaults } as unknown as Goal; // the fields are those of its kind
    this.changeStep({ goals: [...(this.step?.goals ?? []), added] });
  }

  changeGoal(at: number, part: Readonly<Record<string, unknown>>): void {
    const changed = (this.step?.goals ?? []).map((goal, index) =>
      index === at ? ({ ...goal, ...part } as Goal) : goal,
    );
    this.changeStep({ goals: changed });
  }

  removeGoal(at: number): void {
    this.changeStep({ goals: (this.step?.goals ?? []).toSpliced(at, 1) });
  }

  #put(lesson: Lesson): void {
    this.lesson = lesson;
    try {
      localStorage.setItem(STORAGE_KEY, lessonText(lesson));
    } catch {
      // storage may be barred; the draft then lasts as long as the window
    }
  }
}

function restore(): Lesson | null {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    const read = stored === null ? null : readLessonText(stored, 'The draft');
    return read?.ok === true ? read.value : null;
  } catch {
    return null;
  }
}
