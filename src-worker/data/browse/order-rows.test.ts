import { expect, test } from 'vitest';
import { createRandom } from '../../random';
import { placesWhere, sortPlaces } from './order-rows';

test('sorting by key is that of a stable comparing sort, in both directions, with what has no key last', () => {
  const random = createRandom(7, 'order');
  const keys = Array.from({ length: 5_000 }, (_, place) => {
    if (place % 97 === 0) return NaN;
    const size = 10 ** (random.integer(40) - 20);
    // Few different small numbers give ties; both zeros are one number.
    return place % 3 === 0 ? random.integer(5) - 2 : place % 101 === 0 ? -0 : random.normal() * size;
  });
  const all = placesWhere(keys.length, () => true);
  for (const descending of [false, true]) {
    const sign = descending ? -1 : 1;
    const expected = [...all].sort((a, b) => {
      const [left, right] = [keys[a]!, keys[b]!];
      if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
      return sign * (left - right);
    });
    expect([...sortPlaces(all, (place) => keys[place]!, descending)]).toEqual(expected);
  }
});

test('nothing sorts as nothing, and infinities lie outside', () => {
  expect([...sortPlaces(new Uint32Array(), () => 1, false)]).toEqual([]);
  const keys = [1, -Infinity, NaN, Infinity, -1];
  expect([...sortPlaces(Uint32Array.of(0, 1, 2, 3, 4), (place) => keys[place]!, false)]).toEqual([1, 4, 0, 3, 2]);
});
