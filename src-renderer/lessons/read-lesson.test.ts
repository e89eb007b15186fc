import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goals } from './goals';
import { library } from './library';
import { readLesson, readLessonText } from './read-lesson';

const minimal = {
  format: 'layerlab-lesson',
  version: 1,
  title: 'One step',
  experiment: { data: { source: { sample: 'xor' } }, network: { layers: [{ kind: 'dense', units: 1 }] } },
  steps: [{ title: 'Look', text: ['First.', 'Second.'], goals: [{ kind: 'view', say: 'Open it.' }] }],
};

const told = (value: unknown) => {
  const read = readLesson(value, 'x.layerlab-lesson');
  return read.ok ? [] : read.problems.map(({ message }) => message);
};

test('fills in what a short lesson leaves out', () => {
  const read = readLesson(minimal);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  expect(read.value).toMatchObject({ summary: '', source: '', view: '', controls: null, views: null });
  expect(read.value.steps[0]).toEqual({
    title: 'Look',
    text: 'First.\n\nSecond.',
    setUp: null,
    goals: [{ kind: 'view', say: 'Open it.', hint: '', view: 'Boundary' }],
  });
  expect(read.value.experiment.training.batchSize).toBe(32);
});

test('every lesson of the app is read, and again from what was read', () => {
  for (const lesson of library().flatMap((group) => group.lessons)) {
    expect(readLesson(structuredClone(lesson))).toEqual({ ok: true, value: lesson });
  }
});

test('names the place of what is wrong', () => {
  expect(told({ ...minimal, steps: [] })[0]).toMatch(/steps: /);
  expect(told({ ...minimal, steps: [{ ...minimal.steps[0], goals: [{ kind: 'fly', say: 'x' }] }] })[0]).toMatch(
    /steps\[0\]\.goals\[0\]\.kind: .*"metric"/,
  );
  const wrongPart = { kind: 'metric', say: 'x', part: 'all' };
  expect(told({ ...minimal, steps: [{ ...minimal.steps[0], goals: [wrongPart] }] })[0]).toMatch(/goals\[0\]\.part/);
  expect(told({ ...minimal, experiment: { data: { source: { sample: 'rose' } } } })[0]).toMatch(/experiment: .*rose/);
  expect(told({ ...minimal, html: '<b>' })[0]).toMatch(/html/);
});

test('says in words what is wrong', () => {
  const [step] = minimal.steps;
  const goal = { kind: 'epochs', say: 'x', epochs: 0 };
  const wrong = { title: '', html: '<b>', steps: [{ ...step, title: 'x'.repeat(201), goals: [goal] }, { text: 'x' }] };
  expect(told({ ...minimal, ...wrong }).sort()).toEqual([
    'In x.layerlab-lesson, html: a lesson has no such setting.',
    'In x.layerlab-lesson, steps[0].goals[0].epochs: it must be at least 1, but is 0.',
    'In x.layerlab-lesson, steps[0].title: it has more than 200 characters.',
    'In x.layerlab-lesson, steps[1].title: it is missing.',
    'In x.layerlab-lesson, title: it is empty.',
  ]);
});

test('refuses other formats, newer versions and broken JSON', () => {
  expect(told({})[0]).toMatch(/is not a lesson/);
  expect(told({ ...minimal, version: 2 })[0]).toMatch(/version 2; this Layerlab reads version 1/);
  const broken = readLessonText('{"format": ', 'x.layerlab-lesson');
  expect(broken.ok ? null : broken.problems[0]?.code).toBe('lesson/syntax');
});

test('never throws, whatever a file holds (seed 1)', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(minimal), 'controls', 'views'), (value, key) => {
      expect(typeof readLesson({ ...minimal, [key]: value }).ok).toBe('boolean');
      const goal = { kind: 'choice', say: 'x', choices: value };
      expect(typeof readLesson({ ...minimal, steps: [{ title: 't', text: 't', goals: [goal] }] }).ok).toBe('boolean');
    }),
    { seed: 1, numRuns: 300 },
  );
  expect(readLesson(JSON.parse('{"format":"layerlab-lesson","__proto__":{"title":"x"}}')).ok).toBe(false);
});

test('every goal has defaults that its own reader takes', () => {
  for (const kind of Object.keys(goals)) {
    expect(told({ ...minimal, steps: [{ title: 't', text: 't', goals: [{ kind, say: 'x' }] }] }), kind).toEqual([]);
  }
});
