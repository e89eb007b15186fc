import { readLesson } from '../read-lesson';
import type { Lesson } from '../lesson';
import countingParameters from './counting-parameters.json';
import deltaRecipe from './delta-recipe.json';
import fourWaysDown from './four-ways-down.json';
import housePrice from './house-price.json';
import initialisation from './initialisation.json';
import logisticMany from './logistic-regression-many-examples.json';
import logisticOne from './logistic-regression-one-example.json';
import overfitting from './overfitting-and-l2.json';
import parameterSharing from './parameter-sharing.json';
import softmax from './softmax-three-classes.json';
import vectorisation from './vectorisation.json';
import whyAHiddenLayer from './why-a-hidden-layer.json';
import whyNotTheIdentity from './why-not-the-identity.json';

/** Lessons about one thing. */
export interface LessonGroup {
  readonly title: string;
  readonly lessons: readonly Lesson[];
}

/** Every lesson that comes with the app, in the order in which they build on each other. To add one: a file and its place here. */
const FILES: readonly { readonly title: string; readonly lessons: readonly unknown[] }[] = [
  { title: 'One unit', lessons: [logisticOne, logisticMany, housePrice] },
  { title: 'Layers', lessons: [whyAHiddenLayer, whyNotTheIdentity, countingParameters, softmax] },
  { title: 'The step', lessons: [deltaRecipe, vectorisation] },
  { title: 'Training', lessons: [initialisation, fourWaysDown, overfitting] },
  { title: 'Pictures', lessons: [parameterSharing] },
];

let known: readonly LessonGroup[] | null = null;

/** Read when they are first asked for, by the reader of every other lesson. */
export function library(): readonly LessonGroup[] {
  known ??= FILES.map(({ title, lessons }) => ({ title, lessons: lessons.map(readOwn) }));
  return known;
}

function readOwn(file: unknown): Lesson {
  const read = readLesson(file);
  if (!read.ok)
    throw new Error(`a lesson of the app cannot be read: ${read.problems.map(({ message }) => message).join(' ')}`);
  return read.value;
}
