import { formatBytes } from '../../format';
import type { AppState } from '../../state/app.svelte';
import { attempt } from '../../state/attempt';
import { type SaveResult } from '../../state/project.svelte';
import { readLessonText } from '../read-lesson';
import { lessonText } from './lesson-text';

const TITLE = 'The lesson was not saved';

/** Writes the draft to a file, if it is a lesson that can be opened again. */
export async function saveLesson(app: AppState, name: string | null, replace: boolean): Promise<SaveResult> {
  const { lesson } = app.lessons.author.draft;
  if (lesson === null) return 'cancelled';
  const text = lessonText(lesson);
  if (!app.report(TITLE, readLessonText(text, 'this lesson'))) return 'failed';
  const request = { kind: 'lesson', format: null, suggestedName: lesson.title, name, replace } as const;
  const chosen = await attempt(() => app.bridge.chooseSaveTarget(request));
  if (!chosen.ok && chosen.problems.some(({ code }) => code === 'save/exists')) return 'exists';
  if (!app.report(TITLE, chosen)) return 'failed';
  if (chosen.value === null) return 'cancelled';
  const { handle } = chosen.value;
  const written = await attempt(() => app.bridge.saveLesson(handle, text));
  if (!app.report(TITLE, written)) return 'failed';
  app.messages.note(`Saved ${written.value.label}, ${formatBytes(written.value.bytes)}`);
  return 'saved';
}
