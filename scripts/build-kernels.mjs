/**
 * Compiles src-worker/kernels/simd (AssemblyScript) to kernels.wasm and kernels-relaxed.wasm, when a source is newer.
 * One source, two builds: the second uses the fused multiply-add of relaxed SIMD.
 */
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const sourceFolder = path.join(root, 'src-worker/kernels/simd');
const outputFolder = path.join(root, 'src-worker/kernels/build');

const flags = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
  // The memory is JavaScript's: shared, so that threads can join, and placed above the exported __heap_base.
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536', '--zeroFilledMemory'],
  ...['--enable', 'simd', '--enable', 'threads'],
];
const builds = [
  { file: 'kernels.wasm', features: [] },
  { file: 'kernels-relaxed.wasm', features: ['--enable', 'relaxed-simd'] },
];

/** Compiles what is older than its sources; returns the names of the files written. */
export async function buildKernels() {
  const newest = await newestSource();
  const written = [];
  for (const { file, features } of builds) {
    const output = path.join(outputFolder, file);
    if ((await modifiedMs(output)) > newest) continue;
    await mkdir(outputFolder, { recursive: true });
    // Complete or absent: a test that starts meanwhile must never read half a module.
    const bytes = await compile(features);
    await writeFile(`${output}.${process.pid}`, bytes);
    await rename(`${output}.${process.pid}`, output);
    written.push(file);
  }
  return written;
}

async function compile(features) {
  const { default: asc } = await import('assemblyscript/asc');
  let bytes;
  const { error, stderr } = await asc.main(
    ['src-worker/kernels/simd/index.ts', '--outFile', 'kernels.wasm', ...flags, ...features],
    {
      baseDir: root,
      writeFile: (_name, contents) => {
        bytes = contents;
      },
    },
  );
  if (error) throw new Error(`The kernels do not compile.\n${stderr.toString()}`, { cause: error });
  return bytes;
}

async function newestSource() {
  const sources = (await readdir(sourceFolder)).map((name) => path.join(sourceFolder, name));
  const times = await Promise.all([...sources, fileURLToPath(import.meta.url)].map(modifiedMs));
  return Math.max(...times);
}

async function modifiedMs(file) {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const written = await buildKernels();
  console.log(written.length > 0 ? `Built ${written.join(' and ')}.` : 'The kernels are up to date.');
}
