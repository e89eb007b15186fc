import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppState } from '../state/app.svelte';
import { openWindow, type OpenWindow } from '../testing/window';
import { library } from './library';
import { openLessonFile } from './open-lesson-file';

let window: OpenWindow;
let app: AppState;
beforeAll(async () => {
  window = await openWindow();
  app = window.app;
});
afterAll(() => window.close());

const lessonNamed = (title: string) =>
  library()
    .flatMap(({ lessons }) => lessons)
    .find((each) => each.title === title)!;

test('opening is one step of undo, and the work before it comes back with its weights', async () => {
  await app.step(5);
  const { document } = app.experiment;
  const loss = app.run.evaluations?.train.loss;
  expect(await app.lessons.open(lessonNamed('Why a hidden layer'))).toBe(true);
  expect(app.experiment.document.name).toBe('why a hidden layer');
  expect(app.lessons.onScreen).toBe(true);
  expect(app.run.progress?.step).toBe(0);
  app.experiment.undo();
  await app.settled();
  expect(app.experiment.document).toBe(document);
  expect(app.run.progress?.step).toBe(5);
  expect(app.run.evaluations?.train.loss).toBe(loss);
  expect(app.lessons.onScreen).toBe(false);
  expect(app.lessons.states.every(({ met }) => !met)).toBe(true);
  app.experiment.redo();
  await app.settled();
  expect(app.lessons.onScreen).toBe(true);
});

test('keeps its place, and takes controls out of reach only while its experiment is on the screen', async () => {
  const lesson = lessonNamed('Why a hidden layer');
  await app.lessons.open(lesson);
  expect(app.lessons.offers('network.layers[0].units')).toBe(true);
  expect(app.lessons.offers('training.batchSize')).toBe(false);
  expect(app.lessons.offersView('Maths')).toBe(false);
  app.lessons.everything = true;
  expect(app.lessons.offers('training.batchSize')).toBe(true);
  app.lessons.go(2);
  app.lessons.close();
  expect(app.lessons.offersView('Maths')).toBe(true);
  await app.lessons.open(lesson);
  expect(app.lessons.place).toBe(2);
  await app.lessons.startAgain();
  expect(app.lessons.place).toBe(0);
  app.experiment.undo();
  expect(app.lessons.offers('training.batchSize')).toBe(true);
});

test('shows the way by edits that undo takes back', async () => {
  await app.lessons.open(lessonNamed('Counting parameters'));
  app.lessons.go(2);
  const [setting, number] = app.lessons.step!.goals;
  app.lessons.show(setting!, 0);
  await app.settled();
  expect(app.lessons.isMet(0)).toBe(true);
  expect(app.experiment.undoLabel).toBe('Show: Give layer 1 5 units.');
  app.lessons.show(number!, 1);
  expect(app.lessons.isMet(1)).toBe(true);
  app.experiment.undo();
  expect(app.experiment.document.network.layers[0]).toMatchObject({ units: 3 });
});

test('a file that is no lesson changes nothing and says why', async () => {
  const before = app.experiment.document;
  app.lessons.close();
  await openLessonFile(app, new File(['{"format":"layerlab-lesson","version":1}'], 'bad.layerlab-lesson'));
  expect(app.lessons.lesson).toBeNull();
  expect(app.experiment.document).toBe(before);
  expect(app.messages.list[0]?.title).toBe('bad.layerlab-lesson was not opened');
});
