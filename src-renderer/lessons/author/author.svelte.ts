import type { AppState } from '../../state/app.svelte';
import type { Lesson } from '../lesson';
import { readLessonText } from '../read-lesson';
import { LessonDraft } from './draft.svelte';
import { lessonText } from './lesson-text';

/** Writing a lesson in the window: the editor stands where a lesson stands. */
export class LessonAuthor {
  readonly draft = new LessonDraft();
  /** Whether the editor is open. */
  active = $state(false);
  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Goes on with the draft, or begins one on the experiment on the screen. */
  write(): void {
    if (this.draft.lesson === null) this.draft.begin(this.#app.experiment.document);
    this.active = true;
  }

  /** Begins another one; a draft that was there is given back by the returned function. */
  begin(): () => void {
    const { lesson } = this.draft;
    this.draft.begin(this.#app.experiment.document);
    this.active = true;
    return () => {
      if (lesson !== null) this.draft.take(lesson);
    };
  }

  /** Goes on with a lesson that is there, likewise. */
  edit(lesson: Lesson): () => void {
    const before = this.draft.lesson;
    if (before?.title !== lesson.title) this.draft.take(lesson);
    this.active = true;
    return () => {
      if (before !== null) this.draft.take(before);
    };
  }

  close(): void {
    this.active = false;
  }

  /** Opens the draft as a student would see it, at the step that is being written. */
  async try(): Promise<void> {
    const { lesson, place } = this.draft;
    if (lesson === null) return;
    const read = readLessonText(lessonText(lesson), 'this lesson');
    if (!this.#app.report('The lesson cannot be opened yet', read)) return;
    if (!(await this.#app.lessons.open(read.value))) return;
    this.#app.lessons.go(place);
    this.active = false;
  }
}
