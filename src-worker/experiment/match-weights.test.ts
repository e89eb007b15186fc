import { describe, expect, it } from 'vitest';
import type { NamedTensor } from '../tensor';
import type { LayerSpec, NetworkSpec } from './document';
import { fitsParameter, matchedParameters, matchWeights } from './match-weights';

const layers = [
  { kind: 'dense', units: 3, activation: 'relu', initializer: { kind: 'he-normal' } },
  { kind: 'dense', units: 2, activation: 'softmax', initializer: { kind: 'he-normal' } },
] as readonly LayerSpec[];
const network: NetworkSpec = { layers, loss: 'cross-entropy', seed: 1 };

const array = (name: string, ...shape: number[]): NamedTensor => ({
  ...{ name, shape },
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
});
const kerasLike = [array('d/kernel', 4, 3), array('d/bias', 3), array('e/kernel', 3, 2), array('e/bias', 2)];
const sources = (tensors: readonly NamedTensor[], chosen = {}) =>
  matchWeights(tensors, network, [4], chosen).map(({ source, by }) => [source, by]);

describe('matchWeights', () => {
  it('takes our own names before anything else', () => {
    const own = [array('b1', 3), array('W2', 2, 3), array('W1', 3, 4), array('b2', 2)];
    expect(sources(own)).toEqual([
      ['W1', 'name'],
      ['b1', 'name'],
      ['W2', 'name'],
      ['b2', 'name'],
    ]);
  });

  it('goes by order and shape, and turns what lies the other way', () => {
    const matches = matchWeights(kerasLike, network, [4]);
    expect(matches.map(({ source, by, transposed }) => [source, by, transposed])).toEqual([
      ['d/kernel', 'order', true],
      ['d/bias', 'order', false],
      ['e/kernel', 'order', true],
      ['e/bias', 'order', false],
    ]);
    const [W1] = matchedParameters(kerasLike, matches)!;
    // [inputs, units] row by row 1 … 12: the first unit's weights are the first column.
    expect([...W1!.values.slice(0, 4)]).toEqual([1, 4, 7, 10]);
    expect(W1!.shape).toEqual([3, 4]);
  });

  it('leaves out what the person leaves out, and keeps what is present', () => {
    const matches = matchWeights(kerasLike, network, [4], { W2: '', b2: '' });
    expect(matches.map(({ source }) => source)).toEqual(['d/kernel', 'd/bias', null, null]);
    expect(matchedParameters(kerasLike, matches)).toBeNull();
    const present = [array('W2', 2, 3), array('b2', 2)];
    const parameters = matchedParameters(kerasLike, matches, present)!;
    expect(parameters.map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2']);
    expect(parameters[2]).toBe(present[0]);
  });

  it('gives an array that the person chose to nobody else', () => {
    const two = [array('x', 3), array('y', 3), array('W1', 3, 4)];
    expect(sources(two, { b1: 'y' })[1]).toEqual(['y', 'choice']);
    const square: NetworkSpec = { ...network, layers: [layers[0]!, { ...layers[1]!, units: 3 } as LayerSpec] };
    const chosen = matchWeights(two, square, [4], { b2: 'x' });
    expect(chosen.find(({ parameter }) => parameter === 'b1')?.source).toBe('y');
  });

  it('says what cannot go anywhere', () => {
    expect(sources([array('odd', 7)])[0]).toEqual([null, null]);
    expect(fitsParameter([7], [3, 4])).toBe(false);
    expect(fitsParameter([1, 3], [3])).toBe(true);
  });
});
