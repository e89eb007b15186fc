import { expect, it } from 'vitest';
import { equationLines, withLayerNumber } from './equation-source';

it('numbers the layer and its neighbours', () => {
  expect(withLayerNumber('z^{[\\ell]} = W^{[\\ell]} a^{[\\ell-1]} \\delta^{[\\ell + 1]}', 2)).toBe(
    'z^{[2]} = W^{[2]} a^{[1]} \\delta^{[3]}',
  );
});

it('calls what the first layer sees x', () => {
  expect(withLayerNumber('W^{[\\ell]} a^{[\\ell-1]}', 1)).toBe('W^{[1]} x');
});

it('looks past layers that are switched off', () => {
  expect(withLayerNumber('W^{[\\ell]} a^{[\\ell-1]}', 3, 1)).toBe('W^{[3]} a^{[1]}');
});

it('sets what stands side by side one below the other', () => {
  expect(equationLines('z = W x, \\qquad a = g(z)')).toEqual(['z = W x', 'a = g(z)']);
  expect(equationLines('a = z')).toEqual(['a = z']);
});
