import { dense } from '../../../experiment/layer-specs';
import { createRandom } from '../../../random';
import { csv, sample, type DoctorCase } from './cases';

const KINDS = ['moons', 'circles', 'xor', 'flower', 'blobs', 'sine', 'line', 'house-prices'] as const;

/** Tables and pictures that come with the app, with the noise that they have anyway. */
const MEASURED = [
  { kind: 'iris', examples: 150, noise: 0 },
  { kind: 'penguins', examples: 300, noise: 0 },
  { kind: 'digits', examples: 400, noise: 0.1 },
] as const;

/**
 * Runs with nothing wrong: samples with the suggested network, deeper ones with other activations, a table of noisy columns.
 * @param first seed; each case has a seed of its own
 */
export function healthyRuns(first: number, count: number): DoctorCase[] {
  return Array.from({ length: count }, (_, n): DoctorCase => {
    const seed = first + n;
    const kind = KINDS[n % KINDS.length]!;
    const noise = kind === 'house-prices' ? 30 : kind === 'blobs' ? 0.3 : 0.1;
    const classes = kind === 'blobs' ? 3 : undefined;
    const data = sample(kind, seed, 400, noise, classes);
    switch (n % 5) {
      case 0: {
        const measured = MEASURED[Math.floor(n / 5) % MEASURED.length]!;
        const table = sample(measured.kind, seed, measured.examples, measured.noise);
        return { name: `${measured.kind}, as suggested`, data: table, seed };
      }
      case 1:
        return { name: `${kind}, as suggested`, data, seed };
      case 2:
        return { name: `${kind}, two relu layers`, data, seed, layers: [dense(16, 'relu'), dense(16, 'relu')] };
      case 3:
        return { name: `${kind}, wide tanh`, data, seed, layers: [dense(24, 'tanh')], training: { epochs: 100 } };
      default:
        return {
          name: 'a table of numbers and words',
          ...people(seed),
          seed,
          layers: [dense(8, 'tanh')],
          training: { epochs: 30 },
        };
    }
  });
}

/** Who buys, by age, income and town, with chance on it. */
function people(seed: number) {
  const random = createRandom(seed, 'doctor-cases', 'people');
  const towns = ['Aachen', 'Bonn', 'Celle'];
  const rows = Array.from({ length: 500 }, () => {
    const age = 18 + Math.floor(60 * random.uniform());
    const income = 20 + 60 * random.uniform();
    const town = Math.floor(3 * random.uniform());
    const score = (age - 48) / 12 + (income - 50) / 15 + (town === 1 ? 1 : 0) + 0.7 * random.normal();
    return [age, income.toFixed(1), towns[town]!, score > 0 ? 'yes' : 'no'];
  });
  return csv('people.csv', ['age', 'income', 'town', 'buys'], rows);
}
