import { expect, test } from 'vitest';
import type { ExampleInput, InputForm, Outcome, Part } from '../../src-worker/api';
import { fail, succeed } from '../../src-worker/problem';
import { TryItState } from './try-it.svelte';

const form: InputForm = {
  fields: [
    { column: 'height', type: 'number', min: 0, max: 9, typical: 4, whole: false, names: [] },
    { column: 'soil', type: 'category', min: 0, max: 1, typical: 0, whole: true, names: ['clay', 'sand'] },
  ],
  image: null,
};

const example = (part: Part, index: number): ExampleInput => ({
  ...{ part, index, count: 3, target: 'fern' },
  input: { row: { height: index, soil: 'sand' } },
  values: [index, 1],
});

const none = { code: 'probe/no-example', message: 'None.', hint: 'Another.' };

const source = {
  inputForm: () => Promise.resolve(succeed(form)),
  example: (part: Part, index: number): Promise<Outcome<ExampleInput>> =>
    Promise.resolve(index < 3 ? succeed(example(part, index)) : fail(none)),
  imageInput: () => Promise.resolve(succeed(Float32Array.of(1, 2))),
};

const parts = { train: 3, dev: 3, test: 0 };

test('begins with the first example of the part furthest from training, and changes of it are cells of its row', async () => {
  const input = new TryItState();
  await input.follow(source, 'data', parts);
  expect([input.part, input.untouched, input.input]).toEqual(['dev', true, { row: { height: 0, soil: 'sand' } }]);
  input.set('soil', 0);
  input.set('height', null);
  expect([input.untouched, input.input]).toEqual([false, { row: { height: null, soil: 'clay' } }]);
  expect([input.valueOf('soil'), input.valueOf('height')]).toEqual([0, null]);
  await input.go(source, 2);
  expect([input.untouched, input.input, input.valueOf('soil')]).toEqual([
    true,
    { row: { height: 2, soil: 'sand' } },
    1,
  ]);
  await input.go(source, 7);
  expect([input.problem?.message, input.example?.index]).toEqual(['None.', 2]);
});

test('an image or a drawing stands in for the example until it is taken back', async () => {
  const input = new TryItState();
  await input.follow(source, 'data', parts);
  await input.take(source, new File([], 'seven.png'));
  expect([input.own?.name, input.input]).toEqual(['seven.png', { pixels: Float32Array.of(1, 2) }]);
  input.draw([[[0.5, 0.5]]], Float32Array.of(3));
  expect(input.own?.name).toBe('your drawing');
  input.draw([], Float32Array.of(0));
  expect([input.own, input.untouched]).toEqual([null, true]);
});

test('other data begin anew, the same do not, and an answer that comes too late is dropped', async () => {
  const input = new TryItState();
  await input.follow(source, 'data', parts);
  input.set('soil', 0);
  await input.follow(source, 'data', parts);
  expect(input.untouched).toBe(false);
  const late = input.go(source, 1);
  await input.follow(source, 'other', parts);
  await late;
  expect([input.untouched, input.example?.index]).toEqual([true, 0]);
});
