import { main } from 'assemblyscript/asc';

/** Compiles assembly/fma.ts; the module's bytes. */
export async function buildFma(root: string): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await main(
    [
      ...[
        'bench/peak/assembly/fma.ts',
        '--baseDir',
        root,
        '--outFile',
        'fma.wasm',
        '-O3',
        '--noAssert',
        '--runtime',
        'stub',
      ],
      ...['--use', 'abort=', '--enable', 'simd', '--enable', 'relaxed-simd'],
    ],
    { writeFile: (_name, contents) => void (bytes = contents as Uint8Array) },
  );
  if (error !== null || bytes === undefined)
    throw new Error(`The meter of the peak does not compile.\n${stderr.toString()}`, { cause: error });
  return bytes;
}
