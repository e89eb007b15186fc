import { describe, expect, it, vi } from 'vitest';
import type { Experiment } from '../../src-worker/api';
import { ExperimentState, NO_FILES } from './experiment.svelte';
import { PLAIN_TRAINING } from '../../src-worker/experiment/defaults';

const start: Experiment = {
  format: 'layerlab-experiment',
  version: 2,
  name: 'a',
  data: {
    source: { sample: 'xor', examples: 8, noise: 0, seed: 1 },
    columns: {},
    missing: 'mean',
    scaling: 'standard',
    rare: 0,
    split: {
      method: 'shares',
      train: 0.7,
      dev: 0.15,
      test: 0.15,
      stratify: true,
      seed: 1,
      column: null,
      folds: 5,
      fold: 1,
    },
    augmentation: null,
    excluded: [],
    relabelled: {},
  },
  network: { layers: [], loss: 'logistic', seed: 1 },
  training: { optimizer: { kind: 'sgd', learningRate: 1 }, batchSize: 1, epochs: 1, ...PLAIN_TRAINING, seed: 1 },
};

function rename(state: ExperimentState, name: string, field?: string): void {
  state.edit(`Rename to ${name}`, (document) => ({ ...document, name }), { field });
}

describe('ExperimentState', () => {
  it('returns to the very same document on undo and redo', () => {
    const state = new ExperimentState(start);
    rename(state, 'b');
    const edited = state.document;
    state.undo();
    expect(state.document).toBe(start);
    expect(state.redoLabel).toBe('Rename to b');
    state.redo();
    expect(state.document).toBe(edited);
    expect(state.undoLabel).toBe('Rename to b');
  });

  it('folds typing in one field into one step, until the field is left', () => {
    const state = new ExperimentState(start);
    rename(state, 'b', 'name');
    rename(state, 'bc', 'name');
    state.seal();
    rename(state, 'bcd', 'name');
    state.undo();
    expect(state.document.name).toBe('bc');
    state.undo();
    expect(state.document).toBe(start);
    expect(state.canUndo).toBe(false);
  });

  it('does not fold an edit into a version that undo came back to', () => {
    const state = new ExperimentState(start);
    rename(state, 'b', 'name');
    rename(state, 'other');
    state.undo();
    rename(state, 'bx', 'name');
    state.undo();
    expect(state.document.name).toBe('b');
    expect(state.redoLabel).toBe('Rename to bx');
  });

  it('forgets what was undone once something else is edited', () => {
    const state = new ExperimentState(start);
    rename(state, 'b');
    state.undo();
    rename(state, 'c');
    expect(state.canRedo).toBe(false);
    expect(state.document.name).toBe('c');
  });

  it('takes the files back together with the document', () => {
    const state = new ExperimentState(start);
    const files = { files: [new File(['x'], 'x.csv')], testFiles: [] };
    state.edit('Load x.csv', (document) => ({ ...document, name: 'x' }), { files });
    expect(state.files).toBe(files);
    state.undo();
    expect(state.files).toBe(NO_FILES);
    state.redo();
    expect(state.files).toBe(files);
  });

  it('knows an experiment through its edits, and again after an undo', () => {
    const state = new ExperimentState(start);
    const { origin } = state;
    rename(state, 'b');
    expect(state.origin).toBe(origin);
    state.edit('Open other', () => ({ ...start, name: 'other' }), { begins: true });
    expect(state.origin).not.toBe(origin);
    state.undo();
    expect(state.origin).toBe(origin);
  });

  it('tells its listeners of every change and of nothing else', () => {
    const state = new ExperimentState(start);
    const listener = vi.fn();
    state.onChange(listener);
    state.edit('Nothing', (document) => document);
    state.undo();
    expect(listener).not.toHaveBeenCalled();
    rename(state, 'b');
    state.undo();
    state.redo();
    expect(listener).toHaveBeenCalledTimes(3);
  });
});
