import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random';
import { averaged, neighboursOf, proposeRate } from './propose-rate';

const UPDATES = 100;
const reach = neighboursOf(UPDATES);
const ratesFrom = (from: number, to: number) =>
  Array.from({ length: UPDATES }, (_, i) => from * (to / from) ** (i / (UPDATES - 1)));

describe('proposeRate', () => {
  it.each([0.5, 3, 40])('finds the steepest fall of L(w) = ½ λ w² for λ = %s', (lambda) => {
    const rates = ratesFrom(1e-5, 10);
    const q = rates[1]! / rates[0]!;
    let w = 1;
    const losses = rates.map((rate) => {
      const loss = 0.5 * lambda * w ** 2;
      w *= 1 - rate * lambda;
      return loss;
    });
    // L after the update at η is about exp(−2 λ ∑ η) with ∑ η = η / ln q, steepest over ln η where 2 λ η / ln q = 1.
    const expected = Math.log(q) / (2 * lambda);
    const found = proposeRate(rates, losses, reach);
    // Within the stretch that one average takes in.
    expect(Math.abs(Math.log(found!.rate / expected))).toBeLessThan(reach * Math.log(q));
  });

  it('is not misled by the scatter of small batches (seed 11)', () => {
    const rates = ratesFrom(1e-5, 10);
    const random = createRandom(11, 'noise');
    const losses = rates.map(
      (rate) => 0.2 + 1 / (1 + (rate / 0.03) ** 2) + (rate > 1 ? rate : 0) + 0.05 * random.normal(),
    );
    expect(proposeRate(rates, losses, reach)!.rate).toBeGreaterThan(0.01);
    expect(proposeRate(rates, losses, reach)!.rate).toBeLessThan(0.06);
  });

  it('proposes nothing where the loss does not fall, only scatters, or hardly began', () => {
    const rates = ratesFrom(1e-5, 10);
    const random = createRandom(12, 'noise');
    expect(
      proposeRate(
        rates,
        rates.map((rate) => 1 + rate),
        reach,
      ),
    ).toBeNull();
    expect(
      proposeRate(
        rates,
        rates.map(() => 1 + 0.1 * random.normal()),
        reach,
      ),
    ).toBeNull();
    expect(proposeRate(rates.slice(0, 5), [5, 4, 3, 2, 1], reach)).toBeNull();
  });
});

it('averages over as many neighbours on the one side as on the other', () => {
  expect([...averaged([1, 2, 9, 4, 5], 1)]).toEqual([1, 4, 5, 6, 5]);
  expect([...averaged([1, 2, 3, 4, 5], 2)]).toEqual([1, 2, 3, 4, 5]);
  expect([...averaged([], 2)]).toEqual([]);
});
