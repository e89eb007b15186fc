import { describe, expect, it } from 'vitest';
import type { Offer } from './offer';
import { rankOffers } from './rank';
import { paletteSections } from './sections';

const offer = (label: string, more: Partial<Offer> = {}): Offer => ({
  id: label,
  label,
  group: 'Window',
  keys: [],
  words: '',
  obstacle: null,
  run: () => undefined,
  ...more,
});

const labels = (offers: readonly Offer[], query: string, recent: readonly string[] = []): readonly string[] =>
  rankOffers(offers, query, recent).map(({ offer: { label } }) => label);

describe('rankOffers', () => {
  it('puts a beginning before a word, a word before its inside, that before scattered letters', () => {
    const all = [offer('Go to Maths'), offer('Aftermath'), offer('Mat hats'), offer('Maths for all')];
    expect(labels(all, 'math')).toEqual(['Maths for all', 'Go to Maths', 'Aftermath', 'Mat hats']);
  });

  it('takes the first letters of words', () => {
    expect(labels([offer('Go to Maths'), offer('Reset the weights')], 'gtm')).toEqual(['Go to Maths']);
  });

  it('finds every word of the query somewhere, in any order', () => {
    const all = [offer('Save as…', { words: 'project copy' }), offer('Save', { words: 'project' })];
    expect(labels(all, 'copy save')).toEqual(['Save as…']);
    expect(labels(all, 'project nowhere')).toEqual([]);
  });

  it('looks into group and other words, for less than the label', () => {
    const all = [offer('Load data…', { words: 'open' }), offer('Open project…')];
    expect(labels(all, 'open')).toEqual(['Open project…', 'Load data…']);
    expect(labels([offer('One batch', { group: 'Training' })], 'train')).toEqual(['One batch']);
  });

  it('prefers what was used last and what can be done, where all else is alike', () => {
    const all = [offer('Step one'), offer('Step two'), offer('Step six', { obstacle: 'Not now.' })];
    expect(labels(all, 'step', ['Step two'])).toEqual(['Step two', 'Step one', 'Step six']);
  });

  it('says which letters of the label were typed', () => {
    const [first] = rankOffers([offer('Go to Maths')], 'maths');
    expect(first?.at).toEqual([6, 7, 8, 9, 10]);
  });

  it('does not find three letters strewn over a sentence', () => {
    expect(labels([offer('Keep this moment as a checkpoint')], 'kcp')).toEqual([]);
  });
});

describe('paletteSections', () => {
  it('begins with the recent ones and lists nothing twice', () => {
    const all = [offer('A', { group: 'Files' }), offer('B', { group: 'Files' }), offer('C', { group: 'Editing' })];
    const shown = paletteSections(all, ' ', ['C', 'gone', 'A']).map(({ heading, entries }) => [
      heading,
      entries.map(({ offer: { label } }) => label).join(),
    ]);
    expect(shown).toEqual([
      ['Recent', 'C,A'],
      ['Files', 'B'],
    ]);
  });

  it('is one list without headings while something is typed, and nothing where nothing fits', () => {
    expect(paletteSections([offer('Alpha')], 'al', []).map(({ heading }) => heading)).toEqual([null]);
    expect(paletteSections([offer('Alpha')], 'xyz', [])).toEqual([]);
  });
});
