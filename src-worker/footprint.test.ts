import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompileRequest, Part } from './engine';
import { createReferenceEngine, createWasmEngine } from './engines';
import { defaultDataSpec } from './experiment/defaults';
import { memoryMisfit, type ExampleCounts, type MemoryLimit } from './footprint';
import { wasmFootprint } from './kernels/footprint';
import type { LoadedKernels } from './kernels/wasm';
import { compileReference } from './network';
import { referenceFootprint } from './reference-footprint';
import { networkCase, networkCases, type NetworkCase } from './testing/arbitrary';
import { loadBuiltKernels } from './testing/load-kernels';
import { createTrainer } from './trainer';
import { compileWasm } from './wasm-network';

let kernels: LoadedKernels;

beforeAll(async () => {
  kernels = await loadBuiltKernels();
  expect(await kernels.startThreads(3)).toBe(3);
});

const countsOf = (counts: Partial<Record<Part, number>>, images = false, weighted = false): ExampleCounts => ({
  counts: { train: 0, dev: 0, test: 0, ...counts },
  images,
  weighted,
});

const examplesOf = ({ rows, x, y }: NetworkCase, weighted = false) => ({
  ...{ count: rows, x, y },
  ...(weighted ? { weights: new Float64Array(rows).fill(1) } : {}),
});

describe('the footprint of a network', () => {
  it('is what the wasm backend then holds, to the byte, for random networks on 1 and 3 threads', () => {
    fc.assert(
      fc.property(networkCases, fc.constantFrom(1, 3), fc.boolean(), (given, most, weighted) => {
        const request: CompileRequest = { ...given, threads: { most, always: most > 1 } };
        const network = compileWasm(request, kernels);
        network.bindExamples('train', examplesOf(given, weighted));
        network.bindExamples('test', examplesOf(given));
        const { rows } = given;
        const footprint = wasmFootprint(request, countsOf({ train: rows, test: rows }, false, weighted));
        const { memoryBytes } = network;
        network.dispose();
        expect(footprint.bytes).toBe(memoryBytes);
        const { parameters, gradients, optimizer, batch, evaluation, scratch, examples, threads } = footprint;
        expect(parameters + gradients + optimizer + batch + evaluation + scratch + examples).toBe(footprint.bytes);
        expect(threads).toBe(most);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('counts images by the byte', () => {
    const layers = [{ units: 3, activation: 'softmax' }] as const;
    const given = networkCase({ layers, loss: 'cross-entropy', inputShape: [2, 30, 30], rows: 50 });
    const network = compileWasm(given, kernels);
    const x = { bytes: new Uint8Array(50 * 1800), offset: Float32Array.of(0, 0), scale: Float32Array.of(1, 1) };
    network.bindExamples('train', { count: 50, x, y: given.y });
    expect(wasmFootprint(given, countsOf({ train: 50 }, true)).bytes).toBe(network.memoryBytes);
    network.dispose();
  });

  it('is what the reference then holds, but for what batch normalisation keeps', () => {
    fc.assert(
      fc.property(networkCases, fc.constantFrom('float64', 'float32'), (given, precision) => {
        const network = compileReference(given, precision);
        network.bindExamples('train', examplesOf({ ...given, x: given.x }));
        network.bindExamples('dev', examplesOf(given));
        network.evaluate('train');
        network.runBatches(0, 1);
        // The examples of the case are float64, whatever the network computes in.
        const { bytes, examples } = referenceFootprint(
          given,
          countsOf({ train: given.rows, dev: given.rows }),
          precision,
        );
        const wider = precision === 'float64' ? 0 : examples - 4 * given.rows;
        const channels = given.network.layers.some(({ kind }) => kind === 'batch-norm');
        if (channels) expect(bytes + wider).toBeLessThanOrEqual(network.memoryBytes);
        else expect(bytes + wider).toBe(network.memoryBytes);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('is what the build then reports, on either engine', async () => {
    for (const engine of [createWasmEngine(loadBuiltKernels, 3), createReferenceEngine('float64')]) {
      const trainer = createTrainer(engine);
      await trainer.loadData(defaultDataSpec({ sample: 'flower', examples: 300, noise: 0.1, seed: 1 }), [], []);
      const suggested = trainer.suggestExperiment('test');
      if (!suggested.ok) throw new Error('no suggestion');
      const { memory } = trainer.inspect(suggested.value);
      const built = await trainer.build(suggested.value);
      expect(built.ok && built.value.threads).toBe(1);
      if (engine.simd() !== 'none') expect(built).toMatchObject({ value: { memoryBytes: memory?.bytes } });
      expect(memory?.layers).toHaveLength(suggested.value.network.layers.length);
    }
  });
});

/** Pairs of a layer of 65,536 units and one of 1: little to learn, much to compute. */
function wide(pairs: number, batchSize: number): CompileRequest {
  const layers = Array.from({ length: pairs }, () => [
    { units: 65_536, activation: 'sigmoid' } as const,
    { units: 1, activation: 'sigmoid' } as const,
  ]).flat();
  const { network, training } = networkCase({ layers, loss: 'logistic', inputs: 1, rows: 1, batchSize });
  return { network, inputShape: [2], training };
}

const limit = (bytes: number, whole = false): MemoryLimit => ({
  bytes,
  whole,
  describe: (size) => `there are only ${size}`,
});

describe('a network that does not fit', () => {
  const refusal = (request: CompileRequest, counts: ExampleCounts, ...limits: MemoryLimit[]) => {
    const footprint = wasmFootprint(request, counts);
    return { footprint, misfit: memoryMisfit(footprint, limits, request) };
  };

  it('is known in milliseconds, however large', () => {
    const before = process.memoryUsage().rss;
    const { footprint, misfit } = refusal(wide(100, 2_000), countsOf({ train: 2_000 }), limit(2 ** 32));
    expect(footprint.bytes).toBeGreaterThan(1e11);
    expect(process.memoryUsage().rss - before).toBeLessThan(1e8);
    expect(misfit).toMatchObject({ layer: null, problem: { path: 'training.batchSize', code: 'memory/too-large' } });
    expect(misfit?.problem.message).toMatch(/needs 1\d\d GB of memory, but there are only 4\.29 GB\.$/);
  });

  it('names a batch size that fits, and the next larger one does not', () => {
    const fitting = (batchSize: number, examples = 8_000) =>
      refusal(wide(2, batchSize), countsOf({ train: examples }), limit(2 ** 32)).misfit;
    const refused = fitting(4_000);
    const named = Number(/at most ([\d,]+)/.exec(refused?.problem.hint ?? '')?.[1]?.replaceAll(',', ''));
    expect(refused?.problem.hint).toContain('Layer 1 (dense)');
    expect(named).toBeGreaterThan(1_000);
    expect(fitting(named)).toBeNull();
    expect(fitting(Math.ceil(named * 1.01))).not.toBeNull();
  });

  it('names the largest layer where its parameters are most of it', () => {
    const layers = [
      { units: 60_000, activation: 'relu' },
      { units: 1, activation: 'identity' },
    ] as const;
    const { network, training } = networkCase({ layers, loss: 'squared', inputs: 1, rows: 1 });
    const request = { network, training, inputShape: [10_000] };
    const { misfit } = refusal(request, countsOf({ train: 1 }), limit(2 ** 32));
    expect(misfit).toMatchObject({ layer: 0, problem: { path: 'network.layers[0]' } });
    expect(misfit?.problem.hint).toMatch(/^Make Layer 1 \(dense\) smaller: it alone takes 4\.\d+ GB\.$/);
  });

  it('names the examples where they are most of it, and counts copies of their targets where the machine is the limit', () => {
    const layers = [{ units: 1, activation: 'identity' }] as const;
    const { network, training } = networkCase({ layers, loss: 'squared', inputs: 1, rows: 1, batchSize: 10 });
    const request = { network, training, inputShape: [100] };
    const counts = countsOf({ train: 5_000_000 });
    const most = wasmFootprint(request, counts).bytes + 1e7;
    expect(refusal(request, counts, limit(most)).misfit).toBeNull();
    expect(refusal(request, counts, limit(most, true)).misfit?.problem).toMatchObject({
      path: 'data.source',
      hint: 'Train on fewer examples: they take 2.04 GB.',
    });
    expect(refusal(request, counts, limit(5e9, true)).misfit).toBeNull();
  });

  it('stands on the card of what is to be lowered, and is not built', async () => {
    const tight = createWasmEngine(loadBuiltKernels, 1, () => [limit(1e6, true)]);
    const trainer = createTrainer(tight);
    await trainer.loadData(defaultDataSpec({ sample: 'flower', examples: 300, noise: 0.1, seed: 1 }), [], []);
    const suggested = trainer.suggestExperiment('test');
    if (!suggested.ok) throw new Error('no suggestion');
    const { value } = suggested;
    const [first, ...others] = value.network.layers;
    const layers = [{ ...first!, units: 20_000 } as typeof first & object, ...others];
    const experiment = { ...value, network: { ...value.network, layers } };
    const inspection = trainer.inspect(experiment);
    expect(inspection.ready).toBe(false);
    expect(inspection.memory?.bytes).toBeGreaterThan(1e6);
    const problem: unknown = expect.objectContaining({ code: 'memory/too-large' });
    expect([...inspection.problems, ...inspection.layers.flatMap(({ problems }) => problems)]).toEqual([problem]);
    expect(await trainer.build(experiment)).toEqual({ ok: false, problems: [problem] });
  });
});

describe('threads', () => {
  it('are started only for a network that is worth them', async () => {
    const asked: number[] = [];
    const watched = (): Promise<LoadedKernels> =>
      Promise.resolve({
        ...kernels,
        startThreads: (wanted: number) => {
          asked.push(wanted);
          return kernels.startThreads(wanted);
        },
      });
    const small = networkCase({
      layers: [{ units: 3, activation: 'softmax' }],
      loss: 'cross-entropy',
      inputs: 4,
      rows: 8,
    });
    const large = networkCase({
      layers: [
        { units: 500, activation: 'relu' },
        { units: 3, activation: 'softmax' },
      ],
      loss: 'cross-entropy',
      inputs: 400,
      rows: 128,
    });
    const engine = createWasmEngine(watched, 3);
    (await engine.compile(small)).dispose();
    expect(asked).toEqual([]);
    const network = await engine.compile(large);
    network.bindExamples('train', examplesOf(large));
    expect(asked).toEqual([3]);
    expect(network.threads).toBe(3);
    network.dispose();
  });
});
