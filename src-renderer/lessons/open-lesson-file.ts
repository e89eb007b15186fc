import { fail, type Outcome } from '../../src-worker/problem';
import type { AppState } from '../state/app.svelte';
import { bytesOfFile } from '../state/project-files';
import type { Lesson } from './lesson';
import { LONGEST_LESSON_BYTES, readLessonText } from './read-lesson';

/** A lesson that was dropped on the window or chosen. Nothing changes where it cannot be read. */
export async function openLessonFile(app: AppState, file: File): Promise<void> {
  const read = await readLessonFile(file);
  if (app.report(`${file.name} was not opened`, read)) await app.lessons.open(read.value);
}

export async function readLessonFile(file: File): Promise<Outcome<Lesson>> {
  if (file.size > LONGEST_LESSON_BYTES) {
    return fail({
      code: 'lesson/too-long',
      message: `${file.name} has ${file.size.toLocaleString('en')} bytes; a lesson has at most ${LONGEST_LESSON_BYTES.toLocaleString('en')}.`,
      hint: 'Choose a lesson that Layerlab saved.',
      file: file.name,
    });
  }
  const bytes = await bytesOfFile(file);
  return bytes.ok ? readLessonText(new TextDecoder().decode(bytes.value), file.name) : bytes;
}
