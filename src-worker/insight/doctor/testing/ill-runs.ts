import type { InitializerSpec, LayerSpec, OptimizerSpec } from '../../../experiment/document';
import { dense } from '../../../experiment/layer-specs';
import { createRandom } from '../../../random';
import type { AilmentKind } from '../doctor-types';
import { csv, sample, type DoctorCase, type IllCase } from './cases';

type Plant = (n: number, seed: number) => DoctorCase;

const PLANE = ['moons', 'circles', 'xor', 'flower'] as const;
const CURVES = ['sine', 'house-prices'] as const;

const sgd = (learningRate: number): OptimizerSpec => ({ kind: 'sgd', learningRate });
const momentum = (learningRate: number): OptimizerSpec => ({ kind: 'momentum', learningRate, beta: 0.9 });
const drawn = (layer: LayerSpec, initializer: InitializerSpec): LayerSpec => ({ ...layer, initializer }) as LayerSpec;
const normal = (deviation: number, mean = 0): InitializerSpec => ({ kind: 'normal', mean, deviation });

function plane(n: number, seed: number, rows = 300) {
  const kind = PLANE[n % PLANE.length]!;
  return { name: kind, data: sample(kind, seed, rows), seed };
}

function curve(n: number, seed: number) {
  const kind = CURVES[n % CURVES.length]!;
  return { name: kind, data: sample(kind, seed, 300, kind === 'sine' ? 0.1 : 30), seed };
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** How each fault is planted: number n of a kind, with a seed. */
const plants: Readonly<Record<AilmentKind, Plant>> = {
  diverged: (n, seed) => ({
    ...curve(n, seed),
    layers: n % 3 === 0 ? [dense(16, 'relu')] : [dense(16, 'relu'), dense(16, 'relu')],
    training: { optimizer: n % 2 === 0 ? sgd(8) : momentum(20), epochs: 30 },
  }),

  'symmetric-units': (n, seed) => {
    const initializer: InitializerSpec = n % 3 === 0 ? { kind: 'zeros' } : { kind: 'constant', value: 0.1 * n };
    const hidden = drawn(dense(6, n % 2 === 0 ? 'tanh' : 'sigmoid'), initializer);
    // The whole network from zero, output included, as the notes warn of it.
    const layers = n % 3 === 0 ? [hidden, drawn(dense(4, 'tanh'), initializer)] : [hidden];
    return { ...plane(n, seed), layers: n % 3 === 0 ? layers : [...layers, drawn(dense(4, 'tanh'), initializer)] };
  },

  'linear-network': (n, seed) => ({
    ...(n % 3 === 2 ? curve(n, seed) : plane(n, seed)),
    layers: times(1 + (n % 3), () => dense(4 + n, 'identity')),
    training: { epochs: 30 },
  }),

  'silent-units': (n, seed) => {
    const base = plane(n, seed);
    if (n % 3 === 0) {
      const layers = [
        drawn(dense(16, n % 2 === 0 ? 'tanh' : 'sigmoid'), normal(40)),
        drawn(dense(8, 'tanh'), normal(20)),
      ];
      return { ...base, layers, training: { optimizer: sgd(0.05) } };
    }
    if (n % 3 === 1) {
      const data = { ...base.data, scaling: 'min-max' as const };
      return { ...base, data, layers: [drawn(dense(16, 'relu'), normal(0.3, -1.5)), dense(8, 'relu')] };
    }
    return {
      ...base,
      layers: [dense(24, 'relu'), dense(24, 'relu')],
      training: { optimizer: momentum(8), clipNorm: 5 },
    };
  },

  'fading-gradients': (n, seed) => {
    const base = plane(n, seed);
    if (n % 3 === 0) return { ...base, layers: times(6, () => dense(8, 'sigmoid')), training: { optimizer: sgd(0.1) } };
    if (n % 3 === 1) {
      const layers = times(5, () => drawn(dense(10, 'tanh'), normal(0.02)));
      return { ...base, layers, training: { optimizer: sgd(0.1) } };
    }
    const layers = times(6, () => drawn(dense(16, 'relu'), normal(1.5)));
    return { ...base, layers, training: { optimizer: sgd(1e-7), clipNorm: 0.5 } };
  },

  leak: (n, seed) => ({
    name: 'table',
    ...leaking(n, seed),
    seed,
    layers: [dense(8, 'tanh')],
    training: { epochs: 30 },
  }),

  'unseen-class': (n, seed) => ({
    name: 'rare',
    ...rare(n, seed),
    seed,
    layers: [dense(6, 'tanh')],
    training: { epochs: 25 },
  }),

  overfitting: (n, seed) => ({
    name: 'noise',
    ...noisy(n, seed),
    seed,
    layers: [dense(64, 'relu'), dense(64, 'relu')],
    training: { epochs: 150 },
  }),

  underfitting: (n, seed) => {
    const base = { name: 'circles', data: sample(n % 2 === 0 ? 'circles' : 'xor', seed, 400), seed };
    if (n % 3 === 0) return { ...base, layers: [] };
    if (n % 3 === 1) return { ...base, layers: [dense(1, 'tanh')] };
    return { ...base, layers: [dense(12, 'tanh')], training: { l2: 0.3 } };
  },

  plateau: (n, seed) => ({
    ...(n % 2 === 0 ? plane(n, seed) : curve(n, seed)),
    layers: [dense(12, 'tanh')],
    training: { optimizer: n % 3 === 0 ? sgd(1e-5 * (n + 1)) : momentum(3e-6 * (n + 1)) },
  }),
};

/** @param first seed; each case has a seed of its own */
export function illRuns(first: number, perKind: number): IllCase[] {
  const kinds = Object.keys(plants) as AilmentKind[];
  return kinds.flatMap((fault, k) =>
    Array.from({ length: perKind }, (_, n) => ({ ...plants[fault](n, first + perKind * k + n), fault })),
  );
}

/** Two weak columns, and one that is the answer in another form. */
function leaking(n: number, seed: number) {
  const random = createRandom(seed, 'doctor-cases', 'leak');
  const rows = Array.from({ length: 300 }, () => {
    const [a, b] = [random.normal(), random.normal()];
    const value = a + 0.5 * b + random.normal();
    const yes = value > 0;
    const code =
      n % 3 === 0
        ? !yes
          ? 'open'
          : a > 0
            ? 'paid'
            : 'settled'
        : n % 3 === 1
          ? (yes ? 1 : 0) + 0.02 * random.normal()
          : value * 1.1;
    return [a.toFixed(3), code, b.toFixed(3), n % 3 === 2 ? value : yes ? 'yes' : 'no'];
  });
  return csv('orders.csv', ['a', 'code', 'b', 'target'], rows);
}

/** One class in 25 or so, in the middle of the others. */
function rare(n: number, seed: number) {
  const random = createRandom(seed, 'doctor-cases', 'rare');
  const rows = Array.from({ length: 500 }, () => {
    const seldom = random.uniform() < 0.02 + 0.005 * n;
    const left = !seldom && n % 2 === 1 && random.uniform() < 0.5;
    const x = (seldom ? 0.4 : left ? -1.5 : 0) + random.normal();
    return [x.toFixed(3), (random.normal() + (seldom ? 0.4 : 0)).toFixed(3), seldom ? 'fault' : left ? 'low' : 'fine'];
  });
  return csv('parts.csv', ['x', 'y', 'class'], rows);
}

/** Few rows, many columns, a target that depends on two of them and on chance. */
function noisy(n: number, seed: number) {
  const random = createRandom(seed, 'doctor-cases', 'noise');
  const columns = 10 + 2 * n;
  const rows = Array.from({ length: 140 }, () => {
    const x = Array.from({ length: columns }, () => random.normal());
    const value = x[0]! + x[1]! + 1.2 * random.normal();
    return [...x.map((each) => each.toFixed(3)), n % 3 === 2 ? value.toFixed(3) : value > 0 ? 'yes' : 'no'];
  });
  return csv('noise.csv', [...Array.from({ length: columns }, (_, k) => `x${k + 1}`), 'target'], rows);
}
