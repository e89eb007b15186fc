import { expect, it } from 'vitest';
import { experimentName, sortFiles } from './file-names';

const file = (name: string) => new File(['x'], name);
const names = (files: readonly File[]) => files.map(({ name }) => name);

it('sends the MNIST test files to the test side', async () => {
  const sorted = await sortFiles(
    ['t10k-images-idx3-ubyte.gz', 'train-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'].map(file),
  );
  expect(names(sorted.data)).toEqual(['train-images-idx3-ubyte.gz']);
  expect(names(sorted.test)).toEqual(['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz']);
});

it('takes a lone test file for the data', async () => {
  const sorted = await sortFiles([file('test.csv')]);
  expect(names(sorted.data)).toEqual(['test.csv']);
  expect(sorted.test).toEqual([]);
});

it('finds the word only where it stands alone', async () => {
  const sorted = await sortFiles([file('contest.csv'), file('values.csv'), file('wine_test.csv')]);
  expect(names(sorted.data)).toEqual(['contest.csv', 'values.csv']);
  expect(names(sorted.test)).toEqual(['wine_test.csv']);
});

it('keeps documents apart from data', async () => {
  const sorted = await sortFiles([file('penguins.layerlab'), file('penguins.csv')]);
  expect(names(sorted.documents)).toEqual(['penguins.layerlab']);
  expect(names(sorted.data)).toEqual(['penguins.csv']);
});

it('knows an experiment in JSON from data', async () => {
  const json = (name: string, text: string) => new File([text], name);
  const sorted = await sortFiles([
    json('a.json', '{"name": "x", "network": {"layers": []}}'),
    json('b.json', '{ "data": {'),
    json('c.json', '[{"network": {}}]'),
    json('d.json', '{"data": [{"a": 1}]}'),
    json('e.jsonl', '{"data": {"a": 1}}'),
  ]);
  expect(names(sorted.documents)).toEqual(['a.json', 'b.json']);
  expect(names(sorted.data)).toEqual(['c.json', 'd.json', 'e.jsonl']);
});

it('trains on files for validation where there are files for the test', async () => {
  const files = ['train.csv', 'val.csv', 'test.csv'].map(file);
  expect(names((await sortFiles(files)).data)).toEqual(['train.csv', 'val.csv']);
  expect(names((await sortFiles(files.slice(0, 2))).test)).toEqual(['val.csv']);
});

it.each([
  ['penguins.csv.gz', 'penguins'],
  ['train-images-idx3-ubyte.gz', 'images'],
  ['train10k-images-idx3-ubyte.gz', 'images'],
  ['.csv', 'untitled'],
  ['wine.quality.tsv', 'wine.quality'],
])('names an experiment of %s %s', (fileName, name) => expect(experimentName(fileName)).toBe(name));

it('takes a folder as a whole, whatever the names inside', async () => {
  const inside = ['pets/train/cat/1.png', 'pets/test/cat/2.png'].map(file);
  expect(names((await sortFiles(inside)).data)).toEqual(names(inside));
  const folders = ['train/cat/test.png', 'train/dog/1.png', 'test/cat/2.png'].map(file);
  const sorted = await sortFiles(folders);
  expect(names(sorted.data)).toEqual(['train/cat/test.png', 'train/dog/1.png']);
  expect(names(sorted.test)).toEqual(['test/cat/2.png']);
});

it('the history of a run that was trained elsewhere is neither document nor data', async () => {
  const history = new File(
    ['{"format": "layerlab-history", "version": 1, "experiment": {"data": {}}}'],
    'history.json',
  );
  const sorted = await sortFiles([history, file('values.csv')]);
  expect([sorted.histories, sorted.documents, sorted.data].map((list) => list.map(({ name }) => name))).toEqual([
    ['history.json'],
    [],
    ['values.csv'],
  ]);
});
