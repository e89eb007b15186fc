import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workload } from '../contract';
import { shapedLayers } from '../shapes';
import { factorsOf, samplesOf } from '../workloads/products';
import { comparedPlaces } from '../workloads/reading';
import { initialWeights } from '../workloads/weights';

/**
 * Writes a workload for a process that cannot run our generators: task.json with everything that is not an array and the paths
 * of those, each a raw file of little-endian float32. Returns the path of task.json.
 */
export async function writeTask(folder: string, workload: Workload): Promise<string> {
  await mkdir(folder, { recursive: true });
  const array = async (name: string, values: Float32Array): Promise<string> => {
    const path = join(folder, `${name}.f32`);
    await writeFile(path, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return path;
  };
  const task = await taskOf(folder, workload, array);
  const path = join(folder, 'task.json');
  await writeFile(path, JSON.stringify({ ...workload, ...task }));
  return path;
}

type WriteArray = (name: string, values: Float32Array) => Promise<string>;
type Of<Kind extends Workload['kind']> = Extract<Workload, { readonly kind: Kind }>;

function taskOf(folder: string, workload: Workload, array: WriteArray): Promise<object> {
  switch (workload.kind) {
    case 'product':
      return productTask(workload, array);
    case 'training':
      return trainingTask(workload, array);
    case 'reading':
      return readingTask(folder, workload);
  }
}

/** The file itself, which the peer reads from there. */
async function readingTask(folder: string, workload: Of<'reading'>): Promise<object> {
  const path = join(folder, workload.file);
  await writeFile(path, await workload.generate());
  return { path, places: comparedPlaces(workload) };
}

async function productTask(workload: Of<'product'>, array: WriteArray): Promise<object> {
  const { a, b } = factorsOf(workload);
  return { a: await array('a', a), b: await array('b', b), samples: samplesOf(workload) };
}

async function trainingTask(workload: Of<'training'>, array: WriteArray): Promise<object> {
  const { x, y } = workload.generate();
  const shaped = shapedLayers(workload);
  const initial = initialWeights(workload).map(async (layer, l) =>
    layer === null
      ? null
      : {
          W: await array(`W${l + 1}`, layer.W),
          b: await array(`b${l + 1}`, layer.b),
          shape: shaped[l]?.weightShape,
        },
  );
  return { x: await array('x', x), y: await array('y', y), weights: await Promise.all(initial) };
}
