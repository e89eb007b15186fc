import { beforeAll, expect, it } from 'vitest';
import { createRandom } from '../random';
import { createKernelArrays, type KernelArrays } from '../testing/kernel-arrays';
import { productScratchBytes } from './scratch';
import { NN, NT, TN } from './simd/opcodes';

let arrays: KernelArrays;

beforeAll(async () => {
  arrays = await createKernelArrays();
});

/** What stands behind the scratch of a full batch after a product of these sizes: NaN where nobody wrote. */
function behindScratch(variant: number, full: readonly number[], [m, n, k]: readonly number[]): number[] {
  const { kernels, put, room, get } = arrays;
  const numbers = Math.ceil(productScratchBytes(variant, full[0]!, full[1]!, full[2]!) / 4);
  const scratch = room(numbers);
  const [a, b] = [put(new Float32Array(m! * k!).fill(1)), put(new Float32Array(n! * k!).fill(1))];
  kernels.product(variant, m!, n!, k!, a, b, room(m! * n!), 0, scratch, 0, 1);
  return [...get(scratch + 4 * numbers, 4)];
}

const untouched = [NaN, NaN, NaN, NaN];

it('of a product is enough for the batch that it was asked for and every smaller one', () => {
  const random = createRandom(1, 'scratch');
  const upTo = (most: number): number => 1 + random.integer(most);
  for (let each = 0; each < 150; each++) {
    const variant = [NN, NT, TN][random.integer(3)]!;
    const full = [upTo(300), upTo(600), upTo(400)];
    const batch = variant === TN ? 2 : 0;
    const smaller = full.map((size, index) => (index === batch ? upTo(size) : size));
    expect(behindScratch(variant, full, smaller), `${variant}: ${smaller.join()} of ${full.join()}`).toEqual(untouched);
  }
});

it('is enough for a last batch that packs longer panels than the full ones', () => {
  // 257 examples are two runs of 129, 256 are one.
  expect(behindScratch(TN, [96, 512, 257], [96, 512, 256])).toEqual(untouched);
});
