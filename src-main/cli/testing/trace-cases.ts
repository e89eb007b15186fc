import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { npyBytes } from '../../../src-worker/data/testing/npy';
import type { LayerSpec, LossKind } from '../../../src-worker/experiment/document';
import { layerSpecs, lossOutputs, networkCase } from '../../../src-worker/testing/arbitrary';
import { resolveNetwork } from '../../../src-worker/shape';
import type { Shape } from '../../../src-worker/tensor';
import { main } from '../index';

/** A network on data of {@link writeTraceData}, whose first step is compared. */
export interface TraceCase {
  readonly source: TraceSource;
  readonly layers: readonly LayerSpec[];
  readonly loss: LossKind;
  readonly rows: number;
  readonly l2: number;
  readonly l1: number;
  readonly seed: number;
}

interface TraceSource {
  readonly files: readonly string[];
  readonly inputShape: Shape;
  /** Columns of the table; the one that is predicted stands among the others that could be. */
  readonly target?: string;
}

/** Keeps z of the size of 1 whatever the width: a saturated softmax multiplies the rounding that float32 brings. */
const INITIALIZER = { kind: 'xavier-normal' } as const;

const TARGETS = ['kind', 'sure', 'size'];
const EXAMPLES = 60;
const CLASSES = 3;
const IMAGES = [
  { files: ['colour.npy', 'labels.npy'], inputShape: [3, 6, 5] },
  { files: ['grey.npy', 'labels.npy'], inputShape: [1, 7, 6] },
] as const;

/** A column of the table with three kinds, of two or of numbers. */
export const table = (target: 'kind' | 'sure' | 'size'): TraceSource => ({
  files: ['table.csv'],
  inputShape: [3],
  target,
});

/** Writes a table with three features, colour images and grey ones, of three kinds each. */
export async function writeTraceData(folder: string): Promise<void> {
  const rows = Array.from({ length: EXAMPLES }, (_, n) => {
    const [a, b] = [Math.sin(n * 1.3), Math.cos(n * 2.1)];
    const kind = ['low', 'middle', 'high'][n % CLASSES];
    return [a + (n % 3), b - (n % 3) / 2, a * b, kind, n % 2 === 0 ? 'yes' : 'no', 3 * a - b].join(',');
  });
  await writeFile(join(folder, 'table.csv'), ['a,b,c,kind,sure,size', ...rows].join('\n'));
  for (const { files, inputShape } of IMAGES) {
    const shape = inputShape[0] === 1 ? inputShape.slice(1) : inputShape;
    const size = inputShape.reduce((product, n) => product * n, EXAMPLES);
    const pixels = Uint8Array.from({ length: size }, (_, n) => (n * 7919 + (n >> 3) * 31) % 251);
    await writeFile(join(folder, files[0]), npyBytes("'|u1'", [EXAMPLES, ...shape], pixels));
  }
  const labels = Uint8Array.from({ length: EXAMPLES }, (_, n) => n % CLASSES);
  await writeFile(join(folder, 'labels.npy'), npyBytes("'|u1'", [EXAMPLES], labels));
}

/** Random networks of every kind of layer, activation and loss, on a table or on images, with and without L1 and L2. */
export function randomTraceCases(count: number, seed: number): TraceCase[] {
  const cases = fc
    .record({
      images: fc.constantFrom(null, ...IMAGES),
      // First what leaves an image an image, so that several convolutions and pools meet.
      front: fc.array(
        layerSpecs(6, INITIALIZER).filter(({ kind }) => kind !== 'dense' && kind !== 'flatten'),
        { maxLength: 3 },
      ),
      back: fc.array(layerSpecs(6, INITIALIZER), { maxLength: 2 }),
      table: fc.constantFrom(...lossOutputs),
      pictures: fc.constantFrom(...lossOutputs.filter(forClasses)),
      rows: fc.integer({ min: 2, max: 16 }),
      l2: fc.constantFrom(0, 0.05),
      l1: fc.constantFrom(0, 0.02),
      seed: fc.integer({ min: 1, max: 1_000_000 }),
    })
    .map(({ images, front, back, table: ofTable, pictures, ...rest }): TraceCase => {
      // A number to predict stands in the table only.
      const { loss, activation } = images === null ? ofTable : pictures;
      // Over one output, softmax is 1 whatever comes in.
      const outputs = forClasses({ loss, activation }) ? CLASSES : 1;
      const source = images ?? table(outputs === 1 ? 'size' : 'kind');
      const layers = [...front, ...back, { units: outputs, activation }];
      const { network } = networkCase({
        layers,
        loss,
        inputShape: source.inputShape,
        rows: rest.rows,
        initializer: INITIALIZER,
      });
      return { ...rest, source, loss, layers: network.layers };
    });
  return fc.sample(cases, { numRuns: count, seed });
}

/** Regression has one output; classes take three. */
const forClasses = ({ loss, activation }: (typeof lossOutputs)[number]): boolean =>
  loss !== 'squared' || activation === 'softmax';

/** Writes the first step of a case with `layerlab trace`; returns the path of its arrays. */
async function traceOf(given: TraceCase, backend: string, folder: string, index: number): Promise<string> {
  const { source, layers, loss, rows, l2, l1, seed } = given;
  const roles = TARGETS.map((name) => [name, { role: name === source.target ? 'target' : 'ignore' }]);
  const document = {
    data: {
      source: { files: source.files },
      columns: source.target === undefined ? {} : (Object.fromEntries(roles) as unknown),
    },
    network: { layers, loss, seed },
    training: { batchSize: rows, l2, l1 },
  };
  const [experiment, out] = [`${index}.json`, `${index}-${backend}.npz`];
  await writeFile(join(folder, experiment), JSON.stringify(document));
  let stderr = '';
  const status = await main(['trace', experiment, '--backend', backend, '--out', out], {
    stdout: { write: () => true },
    stderr: { write: (text) => (stderr += text) },
    cwd: () => folder,
  });
  if (status !== 0) throw new Error(`${describeCase(given)}: ${stderr}`);
  return join(folder, out);
}

export function describeCase({ source, layers, loss, rows, l2, l1 }: TraceCase): string {
  return JSON.stringify({ input: source.inputShape, layers, loss, rows, l2, l1 });
}

/**
 * The worst error of every array of every case against PyTorch, see compare-with-pytorch.py. Null where only one of the two has
 * the array, or another shape.
 *
 * @param traced what is traced, where PyTorch shall be told something else on purpose
 */
export async function compareWithPyTorch(
  python: string,
  cases: readonly TraceCase[],
  backend: string,
  folder: string,
  traced: readonly TraceCase[] = cases,
): Promise<Record<string, number | null>[]> {
  const given = [];
  for (const [index, each] of cases.entries()) {
    const { layers, loss, l2, l1, seed, source } = each;
    const resolved = resolveNetwork({ layers, loss, seed }, source.inputShape);
    const keyed = layers.map((layer, l) => ({ ...layer, key: resolved[l]!.key }));
    given.push({ trace: await traceOf(traced[index]!, backend, folder, index), layers: keyed, loss, l2, l1 });
  }
  const script = fileURLToPath(new URL('compare-with-pytorch.py', import.meta.url));
  const options = { input: JSON.stringify(given), encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  return JSON.parse(execFileSync(python, [script], options)) as Record<string, number | null>[];
}

/** Arrays that are off by more than `limit`, in words; none when all is well. */
export function wrongArrays(
  cases: readonly TraceCase[],
  errors: readonly Record<string, number | null>[],
  limit: number,
): string[] {
  return errors.flatMap((each, index) =>
    Object.entries(each)
      .filter(([, error]) => error === null || !(error < limit))
      .map(([name, error]) => `${name} is off by ${error} in ${describeCase(cases[index]!)}`),
  );
}
