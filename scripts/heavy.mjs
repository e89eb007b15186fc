/**
 * `npm run test:heavy`: the checks that take too long for `npm test`, such as thousands of damaged files. Installs and builds what is
 * missing; the last line counts as that of `npm test` does.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'layerlab-heavy-'));
const report = join(scratch, 'report.json');
let passed = 0;
let failed = 0;
let skipped = 0;

try {
  ensureInstalled();
  ensureBuilt();
  const run = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'vitest.heavy.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    },
  );
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const unread = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  passed = numPassedTests;
  failed = numFailedTests + unread;
  skipped = numPendingTests;
  // A run that tested nothing has failed.
  if (passed + failed === 0 || (run.status !== 0 && failed === 0)) failed += 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  failed += 1;
}

rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed === 0 ? 0 : 1;
