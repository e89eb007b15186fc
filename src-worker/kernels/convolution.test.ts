import { beforeAll, describe, expect, it } from 'vitest';
import type { Extent, LayerSpec, Padding } from '../experiment/document';
import { layers, type LayerDefinition, type LayerPlace } from '../layers';
import { conv2dWindow } from '../layers/conv2d';
import { poolWindow } from '../layers/pool-window';
import { createRandom } from '../random';
import { sizeOf, type FloatArray } from '../tensor';
import { createKernelArrays, type KernelArrays } from '../testing/kernel-arrays';
import { convolutionInputScratchBytes, convolutionScratchBytes, convolutionWeightsScratchBytes } from './scratch';
import { windowWords } from './window-words';

let arrays: KernelArrays;

beforeAll(async () => {
  arrays = await createKernelArrays();
});

interface Case {
  readonly channels: number;
  readonly size: readonly [height: number, width: number];
  readonly filters: number;
  readonly kernel: Extent;
  readonly stride: Extent;
  readonly padding: Padding;
  readonly rows: number;
}

/** Kernels 1 to 11, strides 1 to 3 and every padding, on images up to 33 wide, at sizes that no tile divides. */
function* convolutions(): Generator<Case> {
  const random = createRandom(20240601, 'convolutions');
  const upTo = (most: number): number => 1 + random.integer(most);
  for (let n = 0; n < 400; n++) {
    const extent = (most: number): Extent => (random.integer(2) === 0 ? upTo(most) : [upTo(most), upTo(most)]);
    const size = [upTo(n % 4 === 0 ? 33 : 12), upTo(n % 3 === 0 ? 33 : 12)] as const;
    const padding = (['valid', 'same', random.integer(4)] as const)[n % 3]!;
    yield {
      channels: upTo(5),
      size,
      filters: upTo(14),
      kernel: extent(n % 8 === 0 ? 11 : 7),
      stride: extent(3),
      padding,
      rows: upTo(3),
    };
  }
}

/** The place of a layer, or null where it does not fit. */
function placeOf(layer: LayerSpec, { channels, size }: Case): LayerPlace | null {
  const place = { layer, name: 'Layer 1', path: 'network.layers[0]', inputShape: [channels, ...size] };
  return (layers[layer.kind] as LayerDefinition).outputShape(place).ok ? place : null;
}

function conv2dPlace(given: Case): LayerPlace<'conv2d'> | null {
  const { filters, kernel, stride, padding } = given;
  const rest = { activation: 'identity', initializer: { kind: 'zeros' } } as const;
  return placeOf({ kind: 'conv2d', filters, kernel, stride, padding, ...rest }, given) as LayerPlace<'conv2d'> | null;
}

function randomArray(length: number, seed: number): Float32Array {
  const random = createRandom(seed, 'convolution');
  return Float32Array.from({ length }, random.normal);
}

/** Everything that the reference says of one pass in float64; gradients as sums over the batch. */
function byReference(
  place: LayerPlace,
  parameters: Float32Array[],
  x: Float32Array,
  delta: Float32Array,
  rows: number,
) {
  const definition: LayerDefinition = layers[place.layer.kind];
  const gradients: FloatArray[] = parameters.map(({ length }) => new Float64Array(length));
  const layer = definition.create(place, {
    parameters: parameters.map((values) => Float64Array.from(values)),
    gradients,
    key: 1,
    allocate: (length) => new Float64Array(length),
  });
  const pass = { rows, mode: 'training', step: 0 } as const;
  const z = new Float64Array(delta.length);
  layer.forward(Float64Array.from(x), z, pass);
  const dx = new Float64Array(x.length);
  layer.backward(Float64Array.from(x), Float64Array.from(delta), dx, pass);
  return { z, dx, gradients: gradients.map((gradient) => gradient.map((value) => value * rows)) };
}

/** The same by the kernels, each result made in `parts` shares. */
function byKernels(
  place: LayerPlace<'conv2d'>,
  [W, b]: readonly [Float32Array, Float32Array],
  x: Float32Array,
  delta: Float32Array,
  rows: number,
  parts = 1,
) {
  const { kernels, put, putWords, room, get } = arrays;
  const window = conv2dWindow(place);
  const { filters } = place.layer;
  const { words, imageSize } = windowWords(window, filters);
  const [w, given, d] = [putWords(words), put(x), put(delta)];
  const taps = W.length / filters;
  const scratch = room(
    Math.max(
      convolutionScratchBytes(filters, taps),
      convolutionWeightsScratchBytes(taps),
      convolutionInputScratchBytes(
        window.channels,
        window.width,
        window.padLeft,
        filters,
        window.kernelHeight,
        window.kernelWidth,
        window.outWidth,
      ),
    ) / 4,
  );
  const weights = put(W);
  const bias = put(b);
  const [z, dW, db, dx] = [delta, W, b, x].map(({ length }) => room(length)) as [number, number, number, number];
  const image = imageSize === 0 ? given : room(rows * imageSize);
  const share = (all: number, run: (from: number, to: number) => void): void => {
    for (let part = 0; part < parts; part++) {
      run(Math.floor((all * part) / parts), Math.floor((all * (part + 1)) / parts));
    }
  };
  if (imageSize > 0) {
    share(rows * window.channels, (from, to) => kernels.convolutionImage(w, given, image, from, to));
  }
  share(rows * window.outHeight, (from, to) => kernels.convolution(w, image, weights, bias, z, from, to, scratch));
  share(kernels.convolutionWeightTiles(w), (from, to) =>
    kernels.convolutionWeights(w, image, d, dW, rows, from, to, scratch),
  );
  const positions = window.outHeight * window.outWidth;
  share(filters, (from, to) => kernels.convolutionBiases(d, db, rows, filters, positions, from, to));
  share(rows * window.height, (from, to) => kernels.convolutionInput(w, weights, d, dx, from, to, scratch));
  const behind = [z + 4 * delta.length, dW + 4 * W.length, db + 4 * b.length, dx + 4 * x.length].map((at) => [
    ...get(at, 4),
  ]);
  return {
    z: get(z, delta.length),
    dW: get(dW, W.length),
    db: get(db, b.length),
    dx: get(dx, x.length),
    behind,
  };
}

function drawn(place: LayerPlace, rows: number, seed: number) {
  const definition: LayerDefinition = layers[place.layer.kind];
  const output = definition.outputShape(place);
  const parameters = definition.parameters(place).map(({ shape }, n) => randomArray(sizeOf(shape), seed + n));
  const x = randomArray(rows * sizeOf(place.inputShape), seed + 10);
  const delta = randomArray(rows * sizeOf(output.ok ? output.value : []), seed + 20);
  return { parameters: parameters as [Float32Array, Float32Array], x, delta };
}

function expectClose(found: Float32Array, expected: FloatArray, terms: number, what: string): void {
  const wrong = found.findIndex((value, i) => !(Math.abs(value - expected[i]!) < 2e-6 * (terms + 1)));
  expect(wrong, `${what} at ${wrong}: ${found[wrong]} for ${expected[wrong]}`).toBe(-1);
}

const nothing = new Array(4).fill([NaN, NaN, NaN, NaN]);

describe('convolution', () => {
  it('is the reference, forward and back, for every kernel, stride, padding and size; writes all and nothing behind', () => {
    let fitting = 0;
    for (const given of convolutions()) {
      const place = conv2dPlace(given);
      if (place === null) continue;
      fitting++;
      const { parameters, x, delta } = drawn(place, given.rows, fitting);
      const expected = byReference(place, parameters, x, delta, given.rows);
      const found = byKernels(place, parameters, x, delta, given.rows);
      const title = JSON.stringify(given);
      const [dW, db] = expected.gradients as [FloatArray, FloatArray];
      expectClose(found.z, expected.z, parameters[0].length / given.filters, `z of ${title}`);
      expectClose(found.dW, dW, delta.length / given.filters, `dW of ${title}`);
      expectClose(found.db, db, delta.length / given.filters, `db of ${title}`);
      expectClose(found.dx, expected.dx, parameters[0].length / given.channels, `dx of ${title}`);
      expect(found.behind, title).toEqual(nothing);
    }
    expect(fitting).toBeGreaterThan(250);
  });

  it('has the same bits however many parts share the work', () => {
    let n = 0;
    for (const given of convolutions()) {
      const place = conv2dPlace(given);
      if (place === null || n++ % 8 !== 0) continue;
      const { parameters, x, delta } = drawn(place, given.rows, n);
      const whole = byKernels(place, parameters, x, delta, given.rows);
      for (const parts of [2, 3, 7]) {
        expect(byKernels(place, parameters, x, delta, given.rows, parts), JSON.stringify(given)).toEqual(whole);
      }
    }
  });

  it.each([NaN, Infinity, -Infinity])('keeps %d where it belongs and nowhere else', (bad) => {
    for (const [padding, stride, width] of [
      ['valid', 1, 11],
      ['same', 1, 9],
      [2, 2, 10],
      ['valid', 3, 13],
    ] as const) {
      const given = { channels: 2, size: [6, width], filters: 5, kernel: 3, stride, padding, rows: 2 } as const;
      const place = conv2dPlace(given)!;
      const { parameters, x, delta } = drawn(place, 2, 5);
      x[3 * width - 1] = bad;
      delta[7] = bad;
      const expected = byReference(place, parameters, x, delta, 2);
      const found = byKernels(place, parameters, x, delta, 2);
      const finite = (values: ArrayLike<number>): boolean[] => Array.from(values, Number.isFinite);
      const dW = finite(expected.gradients[0]!);
      expect(finite(found.z)).toEqual(finite(expected.z));
      expect(finite(found.db)).toEqual(finite(expected.gradients[1]!));
      expect(finite(found.dx)).toEqual(finite(expected.dx));
      // The kernels multiply the zeros of the padding, which the reference leaves out: with a delta that is not finite, NaN.
      if (padding === 'valid') expect(finite(found.dW)).toEqual(dW);
      else finite(found.dW).forEach((isFinite, i) => expect(isFinite && !dW[i]).toBe(false));
    }
  });
});

describe.each(['max-pool2d', 'avg-pool2d'] as const)('%s', (kind) => {
  function runPool(place: LayerPlace<'max-pool2d'>, x: Float32Array, delta: Float32Array, rows: number, parts = 1) {
    const { kernels, put, putWords, room, get } = arrays;
    const window = poolWindow(place);
    const w = putWords(windowWords(window, window.channels).words);
    const [z, winners, dx] = [room(delta.length), room(delta.length), room(x.length)];
    const [given, d] = [put(x), put(delta)];
    const planes = rows * window.channels;
    for (let part = 0; part < parts; part++) {
      const [from, to] = [part, part + 1].map((n) => Math.floor((planes * n) / parts)) as [number, number];
      if (kind === 'max-pool2d') {
        kernels.maxPool(w, given, z, winners, from, to);
        kernels.maxPoolBackward(w, winners, d, dx, from, to);
      } else {
        kernels.avgPool(w, given, z, from, to);
        kernels.avgPoolBackward(w, d, dx, from, to);
      }
    }
    const behind = [...get(z + 4 * delta.length, 4), ...get(dx + 4 * x.length, 4)];
    return { z: get(z, delta.length), dx: get(dx, x.length), behind };
  }

  function* pools(): Generator<Case & { readonly place: LayerPlace<'max-pool2d'> }> {
    for (const given of convolutions()) {
      for (const [size, stride] of [
        [given.kernel, given.stride],
        [2, 2],
        [given.kernel, given.kernel],
      ] as const) {
        const place = placeOf({ kind, size, stride }, given);
        if (place !== null) yield { ...given, place: place as LayerPlace<'max-pool2d'> };
      }
    }
  }

  it('is the reference, forward and back, for every size and stride; writes all and nothing behind', () => {
    let seed = 0;
    for (const { place, rows, kernel } of pools()) {
      const { x, delta } = drawn(place, rows, seed++);
      const expected = byReference(place, [], x, delta, rows);
      const found = runPool(place, x, delta, rows);
      const title = `${JSON.stringify(place.layer)} on ${place.inputShape.join(' × ')}`;
      expectClose(found.z, expected.z, sizeOf([kernel].flat()), `z of ${title}`);
      expectClose(found.dx, expected.dx, 49, `dx of ${title}`);
      expect(found.behind, title).toEqual(new Array(8).fill(NaN));
      if (seed % 5 === 0) expect(runPool(place, x, delta, rows, 3)).toEqual(found);
    }
    expect(seed).toBeGreaterThan(500);
  });

  it('treats equal numbers, NaN and infinity like the reference', () => {
    const values = [0, 0, 1, NaN, Infinity, -Infinity, -0];
    let seed = 0;
    for (const { place, rows } of pools()) {
      const { x, delta } = drawn(place, rows, seed++);
      const random = createRandom(seed, 'ties');
      for (let i = 0; i < x.length; i++) x[i] = values[random.integer(seed % 2 === 0 ? 3 : 7)]!;
      const expected = byReference(place, [], x, delta, rows);
      const { z, dx } = runPool(place, x, delta, rows);
      expect(z, JSON.stringify(place)).toEqual(Float32Array.from(expected.z));
      expectClose(dx, expected.dx, 49, JSON.stringify(place));
    }
  });
});
