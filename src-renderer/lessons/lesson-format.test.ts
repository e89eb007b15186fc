import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CONTROL_NAMES, controlOf } from './controls';
import { goals, type GoalDefinition } from './goals';
import { readLessonText } from './read-lesson';

const page = readFileSync(new URL('../../docs/lesson-format.md', import.meta.url), 'utf8');

test('the page names every goal with its fields, and every control', () => {
  for (const { kind, fields } of Object.values(goals) as GoalDefinition[]) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${kind}\``));
    expect(row, kind).toBeDefined();
    for (const { name } of fields) expect(row, `${kind}.${name}`).toContain(name);
  }
  for (const name of CONTROL_NAMES) expect(page).toContain(`\`${name}\``);
});

test('its example is a lesson', () => {
  const example = /```json\n([^]*?)```/.exec(page)?.[1] ?? '';
  const read = readLessonText(example, 'the example');
  expect(read.ok ? [] : read.problems).toEqual([]);
});

test('every setting of a document belongs to the control that its name says', () => {
  expect(
    [
      'network.layers[0].units',
      'network.layers[12].filters',
      'network.layers[0].kernel',
      'network.layers[0].initializer.deviation',
      'network.loss',
      'network.seed',
      'training.optimizer',
      'training.optimizer.beta',
      'training.optimizer.learningRate',
      'training.l2',
      'training.earlyStopping.patience',
      'data.source.noise',
      'layers',
    ].map(controlOf),
  ).toEqual([
    'units',
    'units',
    'details',
    'initializer',
    'loss',
    'seeds',
    'optimizer',
    'optimizer',
    'learning-rate',
    'regularisation',
    'schedule',
    'data',
    'layers',
  ]);
});
