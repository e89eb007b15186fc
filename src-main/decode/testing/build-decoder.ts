import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** The decoder's process, or another script that lies at `entry` from here, bundled from its sources as they stand, so that tests need no build of the app and never meet an old one. */
export async function buildDecoder(
  entry = '../child/index.ts',
): Promise<{ readonly script: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'layerlab-decoder-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, entry),
      outDir: folder,
      target: 'node20.19',
      rollupOptions: { output: { entryFileNames: 'decoder.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
  return { script: join(folder, 'decoder.mjs'), remove: () => rm(folder, { recursive: true, force: true }) };
}
