import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { createKernelArrays, type KernelArrays } from '../testing/kernel-arrays';
import { loadBuiltKernels } from '../testing/load-kernels';
import { addBias, multiplyNN, multiplyNT, multiplyTN, sumRows } from './reference';
import { productScratchBytes } from './scratch';
import { NN, NT, TN } from './simd/opcodes';

const variants = [
  { name: 'NN', variant: NN, reference: multiplyNN },
  { name: 'NT', variant: NT, reference: multiplyNT },
  { name: 'TN', variant: TN, reference: multiplyTN },
] as const;

let arrays: KernelArrays;
let relaxed: boolean;

beforeAll(async () => {
  arrays = await createKernelArrays();
  ({ relaxed } = await loadBuiltKernels());
});

function randomArray(seed: number, length: number): Float32Array {
  const random = createRandom(seed, 'product');
  return Float32Array.from({ length }, () => random.normal());
}

/** Runs the kernel into a fresh C; four numbers behind it tell whether it wrote too far. */
function run(variant: number, m: number, n: number, k: number, a: Float32Array, b: Float32Array, bias?: Float32Array) {
  const { kernels, put, room, get } = arrays;
  const c = room(m * n);
  const scratch = room(Math.ceil(productScratchBytes(variant, m, n, k) / 4));
  kernels.product(variant, m, n, k, put(a), put(b), c, bias ? put(bias) : 0, scratch, 0, 1);
  return { c: get(c, m * n), behind: get(c + 4 * m * n, 4) };
}

/** What the kernel promises: one chain bias + a₀b₀ + a₁b₁ + …, each step rounded to float32. */
function chain(
  variant: number,
  m: number,
  n: number,
  k: number,
  a: Float32Array,
  b: Float32Array,
  bias?: Float32Array,
) {
  const c = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = bias?.[j] ?? 0;
      for (let p = 0; p < k; p++) {
        const left = variant === TN ? a[p * m + i]! : a[i * k + p]!;
        const right = variant === NT ? b[j * k + p]! : b[p * n + j]!;
        sum = Math.fround(sum + Math.fround(left * right));
      }
      c[i * n + j] = sum;
    }
  }
  return c;
}

const small = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 16, 17, 23, 24, 31, 32, 33];
/** Past every limit of the direct path, at the edges of tiles and blocks. */
const large = [
  [65, 67, 300],
  [97, 515, 257],
  [96, 512, 256],
  [6, 1030, 64],
  [193, 40, 71],
  [70, 129, 513],
] as const;

describe.each(variants)('product $name', ({ variant, reference }) => {
  it('is the reference within 1e-6 · (k + 1) for sizes 0 to 33, writes all of C and nothing behind it', () => {
    for (const m of small) {
      for (const n of small) {
        const k = small[(m * 7 + n * 3) % small.length]!;
        const [a, b, bias] = [randomArray(m, m * k), randomArray(n + 50, n * k), randomArray(k + 99, n)];
        const exact = new Float64Array(m * n);
        reference(a, b, exact, m, n, k);
        addBias(exact, bias, m, n);
        const { c, behind } = run(variant, m, n, k, a, b, bias);
        c.forEach((value, i) =>
          expect(Math.abs(value - exact[i]!), `${m}×${n}×${k} at ${i}`).toBeLessThan(1e-6 * (k + 1)),
        );
        expect([...behind], `${m}×${n}×${k}`).toEqual([NaN, NaN, NaN, NaN]);
      }
    }
  });

  it.each(large)('is the reference within 1e-6 · k at %i × %i × %i, with and without bias', (m, n, k) => {
    const [a, b, bias] = [randomArray(1, m * k), randomArray(2, n * k), randomArray(3, n)];
    const exact = new Float64Array(m * n);
    reference(a, b, exact, m, n, k);
    const plain = run(variant, m, n, k, a, b);
    expect(Math.max(...plain.c.map((value, i) => Math.abs(value - exact[i]!)))).toBeLessThan(1e-6 * k);
    expect([...plain.behind]).toEqual([NaN, NaN, NaN, NaN]);
    addBias(exact, bias, m, n);
    const { c } = run(variant, m, n, k, a, b, bias);
    expect(Math.max(...c.map((value, i) => Math.abs(value - exact[i]!)))).toBeLessThan(1e-6 * k);
  });

  it('is one chain of multiply-adds in the order of k, bit for bit, on the direct and on the packed path', (context) => {
    // A fused multiply-add rounds once per step, which plain JavaScript cannot imitate.
    context.skip(relaxed);
    for (const [m, n, k] of [[10, 8, 2], [13, 11, 17], [33, 33, 33], ...large] as const) {
      const [a, b, bias] = [randomArray(4, m * k), randomArray(5, n * k), randomArray(6, n)];
      const expected = chain(variant, m, n, k, a, b, bias);
      const { c } = run(variant, m, n, k, a, b, bias);
      expect(c.findIndex((value, i) => value !== expected[i])).toBe(-1);
    }
  });

  it('gives a row the same bits however many rows stand beside it', () => {
    const [n, k] = [131, 70];
    const [a, b] = [randomArray(7, 200 * k), randomArray(8, n * k)];
    if (variant === TN) return; // its rows are columns of A: another product
    const all = run(variant, 200, n, k, a, b).c;
    const one = run(variant, 1, n, k, a.slice(150 * k, 151 * k), b).c;
    expect(one).toEqual(all.slice(150 * n, 151 * n));
  });

  it('keeps NaN and infinity where they belong', () => {
    const [m, n, k] = [5, 9, 6];
    const [a, b] = [new Float32Array(m * k).fill(1), new Float32Array(n * k).fill(1)];
    a[variant === TN ? 2 * m + 3 : 3 * k + 2] = NaN;
    a[variant === TN ? 2 * m + 1 : 1 * k + 2] = Infinity;
    const { c } = run(variant, m, n, k, a, b);
    for (let i = 0; i < m; i++) {
      const expected = i === 3 ? NaN : i === 1 ? Infinity : k;
      expect([...c.slice(i * n, (i + 1) * n)]).toEqual(new Array(n).fill(expected));
    }
  });
});

describe('columnSums', () => {
  it('is the reference within 1e-6 · (rows + 1) for 0 to 33 rows and columns', () => {
    const { kernels, put, room, get } = arrays;
    for (const rows of small) {
      for (const n of small) {
        const x = randomArray(rows * 40 + n, rows * n);
        const exact = new Float64Array(n);
        sumRows(x, exact, rows, n);
        const sum = room(n);
        kernels.columnSums(put(x), sum, rows, n, 0, 1);
        get(sum, n).forEach((value, j) => expect(Math.abs(value - exact[j]!)).toBeLessThan(1e-6 * (rows + 1)));
        expect([...get(sum + 4 * n, 4)]).toEqual([NaN, NaN, NaN, NaN]);
      }
    }
  });
});
