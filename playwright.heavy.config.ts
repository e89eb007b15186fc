import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** Stories that take too long for every run of the tests: part of `npm run test:heavy`. */
export default defineConfig<{ shell: 'local' | 'electron' }>({
  ...base,
  testMatch: '**/*.heavy.ts',
  timeout: 600_000,
  projects: [{ name: 'local', use: { shell: 'local' } }],
});
