import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Counts of what ran, the last line of `npm test` and `npm run test:heavy`. */
export const noCounts = () => ({ passed: 0, failed: 0, skipped: 0 });

export function addCounts(total, counts) {
  for (const key of Object.keys(total)) total[key] += counts[key];
}

export function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Node on these arguments; resolves with its exit status. */
function node(args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', () => resolve(1));
    child.on('close', resolve);
  });
}

/**
 * A suite that writes a JSON report.
 * @param mayBeEmpty whether it may have nothing to run, as where a part of the tests is asked for; else that is a failure
 */
async function runSuite(label, command, { mayBeEmpty }) {
  const scratch = mkdtempSync(join(tmpdir(), 'layerlab-suite-'));
  const { args, env, count } = command(join(scratch, 'report.json'));
  const status = await node(args, env);
  let counts = noCounts();
  try {
    counts = count(JSON.parse(readFileSync(join(scratch, 'report.json'), 'utf8')));
  } catch {
    // Vitest writes none where it has nothing to run.
    if (!mayBeEmpty || status !== 0) {
      process.stdout.write(`FAIL ${label}: it wrote no report\n`);
      counts.failed += 1;
    }
  }
  rmSync(scratch, { recursive: true, force: true });
  const ran = counts.passed + counts.failed > 0;
  if ((!ran && !mayBeEmpty) || (status !== 0 && counts.failed === 0)) counts.failed += 1;
  process.stdout.write(`${counts.failed === 0 ? 'ok  ' : 'FAIL'} ${label}: ${describeCounts(counts)}\n`);
  return counts;
}

/** @param args further arguments of Vitest */
export function vitestSuite(label, args = [], options = {}) {
  const command = (report) => ({
    args: [
      ...['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'],
      ...[`--outputFile.json=${report}`, ...args],
    ],
    env: { NO_COLOR: '1', FORCE_COLOR: undefined },
    count: ({ numPassedTests, numFailedTests, numPendingTests, testResults = [] }) => ({
      passed: numPassedTests,
      failed: numFailedTests + testResults.filter(isUnread).length,
      skipped: numPendingTests,
    }),
  });
  return runSuite(label, command, { mayBeEmpty: false, ...options });
}

/** A file that failed before any of its tests. */
const isUnread = ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0;

/**
 * @param browser the executable
 * @param args further arguments of Playwright
 */
export function playwrightSuite(label, browser, args = [], options = {}) {
  const command = (report) => ({
    args: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...args],
    env: { LAYERLAB_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    count: ({ stats, suites }) => {
      for (const reason of skipReasons(suites)) process.stdout.write(`skip ${reason}\n`);
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
    },
  });
  return runSuite(label, command, { mayBeEmpty: false, ...options });
}

/** Why stories were skipped, each reason once: a skip is said aloud. */
function skipReasons(suites) {
  const annotations = suites.flatMap(function all(suite) {
    const own = (suite.specs ?? []).flatMap((spec) => spec.tests.flatMap((test) => test.annotations));
    return [...own, ...(suite.suites ?? []).flatMap(all)];
  });
  return new Set(annotations.filter(({ type }) => type === 'skip').map(({ description }) => description));
}
