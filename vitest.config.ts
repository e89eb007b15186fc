import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Unit tests beside their files. They run on plain Node: the core has no DOM, and the window is tested in a real browser. */
export default defineConfig({
  plugins: [svelte({ configFile: false, preprocess: vitePreprocess() })],
  test: {
    include: ['src-*/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
    // Many small files take a quarter less than in processes of their own.
    pool: 'threads',
    testTimeout: 60_000,
  },
});
