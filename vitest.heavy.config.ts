import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config';

/** What takes too long for every run of the tests: `npm run test:heavy`. */
export default defineConfig(() => {
  const { test, ...rest } = base;
  const heavy = { include: ['src-*/**/*.heavy.ts'], pool: 'forks', testTimeout: 600_000 };
  return mergeConfig(rest, { test: { ...test, ...heavy } });
});
