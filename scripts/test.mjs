/**
 * `npm test`: installs and builds what is missing, then format, lint, types, unused code, unit tests and end-to-end stories.
 * Goes on after a failure so that one run shows everything. The last line counts: `N passed, N failed` (`, N skipped`).
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
const scratch = mkdtempSync(join(tmpdir(), 'layerlab-test-'));

function node(args, env = {}) {
  return spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
}

/** Checks of one thread each that run side by side: a compiler takes more memory than a small machine has for four of them. */
const SIDE_BY_SIDE = 2;

/** A check that passes or fails as a whole; what it says is printed in one piece when it is done. */
function check(label, args) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    child.on('close', (status) => {
      const good = status === 0;
      total[good ? 'passed' : 'failed'] += 1;
      process.stdout.write(Buffer.concat(output));
      process.stdout.write(`${good ? 'ok  ' : 'FAIL'} ${label} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
      resolve();
    });
  });
}

/** All of them, a few at a time; the longest first, so that none is left over at the end. */
async function checkAll(checks) {
  const waiting = [...checks];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await check(...next);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

/** A suite that writes a JSON report; a suite that ran no test at all has failed. */
function suite(label, args, env, count) {
  const report = join(scratch, `${label.replaceAll(' ', '-')}.json`);
  const result = node(args(report), env(report));
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    process.stdout.write(`FAIL ${label}: it wrote no report\n`);
  }
  if (counts.passed + counts.failed === 0 || (result.status !== 0 && counts.failed === 0)) counts.failed += 1;
  for (const key of Object.keys(total)) total[key] += counts[key];
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  process.stdout.write(
    `${counts.failed === 0 ? 'ok  ' : 'FAIL'} ${label}: ${counts.passed} passed, ${counts.failed} failed${skipped}\n`,
  );
}

/** Why stories were skipped, each reason once: a skip is said aloud. */
function skipReasons(suites) {
  const annotations = suites.flatMap(function all(suite) {
    const own = (suite.specs ?? []).flatMap((spec) => spec.tests.flatMap((test) => test.annotations));
    return [...own, ...(suite.suites ?? []).flatMap(all)];
  });
  return new Set(annotations.filter(({ type }) => type === 'skip').map(({ description }) => description));
}

const bin = {
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  eslint: 'node_modules/eslint/bin/eslint.js',
  tsc: 'node_modules/typescript/bin/tsc',
  svelteCheck: 'node_modules/svelte-check/bin/svelte-check',
  knip: 'node_modules/knip/bin/knip.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
};

try {
  ensureInstalled();
  ensureBuilt();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exit(1);
}

await checkAll([
  ['lint', [bin.eslint, '--max-warnings', '0', '.']],
  [
    'types: window',
    [bin.svelteCheck, '--tsconfig', './tsconfig.renderer.json', '--fail-on-warnings', '--output', 'human'],
  ],
  ['format', [bin.prettier, '--check', '--log-level', 'warn', '.']],
  ...['tools', 'main', 'worker'].map((project) => [
    `types: ${project}`,
    [bin.tsc, '--noEmit', '-p', `tsconfig.${project}.json`],
  ]),
  ['unused code and dependencies', [bin.knip]],
]);

suite(
  'unit tests',
  (report) => [bin.vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  () => ({ NO_COLOR: '1', FORCE_COLOR: undefined }),
  (report) => ({
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      (report.testResults ?? []).filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
        .length,
    skipped: report.numPendingTests,
  }),
);

const browser = ensureBrowser();
if (browser === null) {
  process.stdout.write(
    'FAIL end-to-end: no Chrome, Chromium or Edge, and none could be installed. Install one, or name it in LAYERLAB_CHROMIUM.\n',
  );
  total.failed += 1;
} else {
  suite(
    'end-to-end stories',
    () => [bin.playwright, 'test', '--reporter=list,json'],
    (report) => ({ LAYERLAB_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
    ({ stats, suites }) => {
      for (const reason of skipReasons(suites)) process.stdout.write(`skip ${reason}\n`);
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
    },
  );
}

rmSync(scratch, { recursive: true, force: true });
process.stdout.write(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`,
);
process.exitCode = total.failed === 0 ? 0 : 1;
