import { defineConfig } from '@playwright/test';

/**
 * Every story runs in both shells: the local one in a plain Chromium, and Electron where its binary is, else skipped aloud. No retries: a
 * flake is a defect. Two workers would share two cores with the training they watch.
 */
export default defineConfig<{ shell: 'local' | 'electron' }>({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  projects: [
    { name: 'local', use: { shell: 'local' } },
    { name: 'electron', use: { shell: 'electron' } },
  ],
});
