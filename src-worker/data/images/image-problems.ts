import type { Problem } from '../../problem';
import type { ImageEntry } from './image-tree';
import type { BadImage } from './read-images';

const NAMED = 8;
const LAYOUT =
  'Make a folder for each class, such as cats and dogs, put its images in, and drop the folder that holds them.';

/** What is wrong with image files as data. */
export const imageProblems = {
  noClasses: (file: string, entries: readonly ImageEntry[]): Problem => ({
    code: 'images/no-classes',
    message:
      entries.length === 1
        ? `${file} is a single image, from which no class can be told.`
        : `The ${count(entries.length, 'image')} of ${file} all lie in one place, so that nothing tells their classes.`,
    hint: LAYOUT,
    file,
  }),
  loose: (file: string, entries: readonly ImageEntry[]): Problem => ({
    code: 'images/loose',
    message: `${entries.length === 1 ? 'One image' : count(entries.length, 'image')} of ${file} ${entries.length === 1 ? 'lies' : 'lie'} in no folder of a class and ${were(entries.length)} left out: ${list(entries.map(({ name }) => name))}.`,
    hint: 'Move them into the folder of their class.',
    file,
  }),
  bad: (file: string, bad: readonly BadImage[], all: number): Problem => ({
    code: 'images/bad',
    message: `${bad.length.toLocaleString('en')} of the ${count(all, 'image')} of ${file} ${were(bad.length)} left out as damaged or unreadable: ${reasons(bad)}.`,
    hint: 'Repair them, or go on without them.',
    file,
  }),
  allBad: (file: string, bad: readonly BadImage[]): Problem => ({
    code: 'images/none',
    message: `None of the ${count(bad.length, 'image')} of ${file} can be read: ${reasons(bad)}.`,
    hint: 'Drop images as PNG, JPEG, WebP, GIF or BMP.',
    file,
  }),
  otherTest: (file: string, images: number): Problem => ({
    code: 'images/test-not-used',
    message: `The test part of ${file}, ${count(images, 'image')}, was left out: there are files for the test already.`,
    hint: 'Take these away to test with the part inside.',
    file,
  }),
} satisfies Record<string, (file: string, ...details: never[]) => Problem>;

function count(number: number, noun: string): string {
  return number === 1 ? `one ${noun}` : `${number.toLocaleString('en')} ${noun}s`;
}

function were(number: number): string {
  return number === 1 ? 'was' : 'were';
}

function list(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest.toLocaleString('en')} more` : ''}`;
}

function reasons(bad: readonly BadImage[]): string {
  return list(bad.map(({ name, reason }) => `${name} (${reason.replace(/\.$/, '')})`));
}
