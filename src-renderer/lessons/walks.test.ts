import { flushSync } from 'svelte';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppState } from '../state/app.svelte';
import { openWindow, type OpenWindow } from '../testing/window';
import { library } from './library';
import { plainText } from './markup';
import { walks } from './testing/walks/index';

let window: OpenWindow;
let app: AppState;
beforeAll(async () => {
  window = await openWindow();
  app = window.app;
});
afterAll(() => window.close());

/** Lets the goals look, as the panel does whenever a fact changed. */
async function look(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await app.settled();
    flushSync();
    await app.lessons.observe();
  }
}

const lessons = library().flatMap((group) => group.lessons);

test('every lesson has a walk', () => {
  expect(Object.keys(walks).sort()).toEqual(lessons.map(({ title }) => title).sort());
});

/** Pictures take their time where the machine is busy. */
const TIMEOUT_MS = 180_000;

describe.each(lessons)('$title', { timeout: TIMEOUT_MS }, (lesson) => {
  test('is completed by following its own text; every goal fails before and passes after', async () => {
    expect(await app.lessons.open(lesson)).toBe(true);
    await look();
    for (const [place, step] of lesson.steps.entries()) {
      app.lessons.go(place);
      const words = plainText([step.text, ...step.goals.map(({ say }) => say), step.setUp?.label].join('\n\n'));
      const actions = walks[lesson.title]?.[place] ?? [];
      await look();
      const met = () => step.goals.map((goal, index) => `${app.lessons.isMet(index) ? 'met' : 'open'}: ${goal.say}`);
      expect(met(), `${step.title}, before`).toEqual(step.goals.map(({ say }) => `open: ${say}`));
      for (const { says, act } of actions) {
        // What is done is what the text says.
        expect(words, step.title).toContain(says);
        await act(app);
        await look();
      }
      const after = app.lessons.states.map(({ words: each }) => each).join('; ');
      expect(met(), `${step.title}, after: ${after}`).toEqual(step.goals.map(({ say }) => `met: ${say}`));
    }
  });
});
