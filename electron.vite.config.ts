import { resolve } from 'node:path';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

// Absolute everywhere: a relative input builds but breaks the dev server.
const at = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      // The local shell and the command line run the same bundle on plain Node.
      target: 'node20.19',
      rollupOptions: {
        input: {
          index: at('src-main/shell-electron/index.ts'),
          local: at('src-main/shell-local/main.ts'),
          cli: at('src-main/cli/index.ts'),
          // Not imported by anything: a process of its own.
          decoder: at('src-main/decode/child/index.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: at('src-main/shell-electron/preload.ts') },
        // A sandboxed preload cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    build: {
      outDir: at('out/renderer'),
      // Read and parsed at every start.
      minify: true,
      // An inlined .wasm or font is a data: URL, which the content security policy refuses.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: at('src-renderer/index.html') } },
    },
    worker: { format: 'es' },
    plugins: [svelte({ configFile: false, preprocess: vitePreprocess() })],
  },
});
