import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppState } from '../../state/app.svelte';
import { openWindow, type OpenWindow } from '../../testing/window';
import { goals, type GoalKind } from '../goals';
import { library } from '../library';
import { readLessonText } from '../read-lesson';
import { complaintOf, readField, writeField } from './goal-fields';
import { lessonText } from './lesson-text';

let window: OpenWindow;
let app: AppState;
beforeAll(async () => {
  window = await openWindow();
  app = window.app;
});
afterAll(() => window.close());

test('the text of every lesson of the app is read as that lesson', () => {
  for (const lesson of library().flatMap((group) => group.lessons)) {
    expect(readLessonText(lessonText(lesson), 'x')).toEqual({ ok: true, value: lesson });
  }
});

test('a draft with a goal of every kind is a lesson', () => {
  app.lessons.author.write();
  const { draft } = app.lessons.author;
  for (const kind of Object.keys(goals) as GoalKind[]) draft.addGoal(kind);
  expect(readLessonText(lessonText(draft.lesson!), 'x')).toEqual({ ok: true, value: draft.lesson });
});

test('steps are added, moved and deleted, and the last one stays', () => {
  app.lessons.author.begin();
  const { draft } = app.lessons.author;
  draft.addStep();
  draft.changeStep({ title: 'Second' });
  draft.moveStep(-1);
  expect(draft.lesson?.steps.map(({ title }) => title)).toEqual(['Second', 'First step']);
  expect(draft.place).toBe(0);
  draft.removeStep();
  draft.removeStep();
  expect(draft.lesson?.steps.map(({ title }) => title)).toEqual(['First step']);
});

test('is tried as a student sees it; one that cannot be read says why and stays', async () => {
  const { author } = app.lessons;
  author.begin();
  author.draft.change({ title: 'Mine' });
  author.draft.addGoal('epochs');
  await author.try();
  expect(app.lessons.lesson?.title).toBe('Mine');
  expect(author.active).toBe(false);
  author.write();
  author.draft.change({ title: '' });
  await author.try();
  expect(author.active).toBe(true);
  expect(app.messages.list[0]?.title).toBe('The lesson cannot be opened yet');
});

test('another draft gives back the one before', () => {
  const { author } = app.lessons;
  author.draft.change({ title: 'Before' });
  const takeBack = author.edit(library()[0]!.lessons[0]!);
  expect(author.draft.lesson?.title).toBe('Logistic regression on one example');
  takeBack();
  expect(author.draft.lesson?.title).toBe('Before');
});

test('what is typed into a goal becomes the value of its field', () => {
  const number = { name: 'value', label: 'Value', type: 'number', default: 1, min: 0 } as const;
  expect([readField(number, '0.5'), readField(number, 'x'), readField(number, '-1')]).toEqual([0.5, null, null]);
  const value = { name: 'value', label: 'Value', type: 'value', default: 1 } as const;
  expect(['tanh', '4', 'true'].map((text) => readField(value, text))).toEqual(['tanh', 4, true]);
  const texts = { name: 'choices', label: 'Choices', type: 'texts', default: [] } as const;
  expect(readField(texts, writeField(['a', 'b']))).toEqual(['a', 'b']);
});

test('a field of a goal says what it does not take', () => {
  const share = { name: 'value', label: 'Value', type: 'number', default: 1, min: 0, max: 1 } as const;
  expect(['0.5', 'x', '', '-1', '2'].map((text) => complaintOf(share, text))).toEqual([
    null,
    'Type a number.',
    'Type a number.',
    'At least 0, please.',
    'At most 1, please.',
  ]);
  expect(complaintOf({ name: 'value', label: 'Value', type: 'value', default: 1 }, 'tanh')).toBeNull();
});
