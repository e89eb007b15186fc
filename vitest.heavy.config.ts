import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config';

/** What takes too long for every run of the tests: `npm run test:heavy`. */
export default defineConfig(() => {
  const { test, ...rest } = base;
  return mergeConfig(rest, { test: { ...test, include: ['src-*/**/*.heavy.ts'], testTimeout: 600_000 } });
});
