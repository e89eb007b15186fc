import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { disagreement } from '../agreement';
import { layerlabReference } from '../peers/layerlab-reference';
import { openSession } from '../session';
import { workloadNamed } from '../workloads';
import { findInterpreters, versionsOf, type Interpreter, type PythonModule } from './interpreters';
import { pythonRunner } from './runner';

const root = fileURLToPath(new URL('../..', import.meta.url));
const interpreters = await findInterpreters(join(root, 'bench/python/probe.py'), process.env);

const peers: readonly (readonly [string, PythonModule])[] = [
  ['numpy_peer', 'numpy'],
  ['torch_peer', 'torch'],
  ['sklearn_peer', 'sklearn'],
];

/** With a runner of that peer, in a folder that is gone afterwards. */
async function withRunner<T>(
  [module, needs]: readonly [string, PythonModule],
  work: (runner: ReturnType<typeof pythonRunner>) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'layerlab-python-'));
  const { executable } = versionsOf(needs, interpreters)[0]!;
  const runner = pythonRunner({ name: module, module, executable, threads: 1 }, root, scratch);
  try {
    return await work(runner);
  } finally {
    runner.end();
    await rm(scratch, { recursive: true, force: true });
  }
}

describe.each(peers)('%s, where there is a python3 with %s', (module, needs) => {
  const present = versionsOf(needs, interpreters).length > 0;

  it.skipIf(!present)('makes the same updates as our reference', async () => {
    for (const name of ['playground', 'mnist-mlp']) {
      const workload = workloadNamed(name);
      const reference = await openSession(layerlabReference, workload, 1);
      if ('cannot' in reference || workload.kind !== 'training') throw new Error('no reference');
      await withRunner([module, needs], async (runner) => {
        expect(await runner.open(name)).toMatchObject({ platform: { threads: 1 } });
        const proofs = [
          { peer: 'reference', proof: await reference.prove() },
          { peer: module, proof: await runner.prove() },
        ];
        expect(disagreement(workload.checkedSteps.map(String), proofs)).toBeNull();
        const steps = await runner.calibrate(20);
        expect(steps).toBeGreaterThanOrEqual(1);
        expect((await runner.time(steps, 3)).every((seconds) => seconds > 0)).toBe(true);
        await runner.close();
      });
    }
  });

  it.skipIf(!present)('says what it cannot, and what went wrong', async () => {
    await withRunner([module, needs], async (runner) => {
      if (module !== 'torch_peer')
        expect(await runner.open('mnist-cnn')).toEqual({ cannot: expect.stringMatching(/convolution|dense layers/) });
      await expect(runner.prove()).rejects.toThrow(/Error/);
    });
  });
});

describe('a Python that fails', () => {
  it('is no interpreter where it does not start', async () => {
    expect(await findInterpreters('probe.py', { LAYERLAB_PYTHON: '/nowhere/python3' })).toEqual([]);
    expect(await findInterpreters('probe.py', { PATH: '/nowhere' })).toEqual([]);
  });

  it('is a sentence, not a wait for ever', async () => {
    const runner = pythonRunner(
      { name: 'none', module: 'none', executable: '/nowhere/python3', threads: 1 },
      root,
      tmpdir(),
    );
    await expect(runner.open('playground')).rejects.toThrow('Python did not start');
  });
});

describe('versionsOf', () => {
  const interpreter = (executable: string, modules: Interpreter['modules']): Interpreter => ({
    executable,
    python: '3.11.2',
    modules,
  });

  it('takes one interpreter for each version, the newest first', () => {
    const found = [
      interpreter('a', { torch: '1.13.0' }),
      interpreter('b', {}),
      interpreter('c', { torch: '2.2.0' }),
      interpreter('d', { torch: '2.13.0' }),
      interpreter('e', { torch: '1.13.0' }),
    ];
    expect(versionsOf('torch', found).map(({ executable }) => executable)).toEqual(['d', 'c', 'a']);
  });
});
