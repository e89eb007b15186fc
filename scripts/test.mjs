/**
 * `npm test`: installs and builds what is missing, then format, lint, types and unused code beside the unit tests, then end-to-end stories.
 * Goes on after a failure so that one run shows everything. The last line counts: `N passed, N failed` (`, N skipped`).
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { ensureBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { addCounts, describeCounts, noCounts, playwrightSuite, vitestSuite } from './lib/suites.mjs';

const total = noCounts();

/**
 * Checks of one thread each run beside the unit tests, which leave one core alone. More than two would take more memory than a small machine
 * has: a compiler needs a gigabyte.
 */
const SIDE_BY_SIDE = availableParallelism() > 2 ? 2 : 1;

/** A check that passes or fails as a whole. @returns what it says, in one piece */
function check(label, args) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    child.on('close', (status) => {
      const good = status === 0;
      total[good ? 'passed' : 'failed'] += 1;
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      resolve(`${Buffer.concat(output)}${good ? 'ok  ' : 'FAIL'} ${label} (${seconds} s)\n`);
    });
  });
}

/** All of them, a few at a time; the longest first, so that none is left over at the end. @returns what they say */
async function checkAll(checks) {
  const waiting = [...checks];
  const said = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) said.push(await check(...next));
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return said.join('');
}

const bin = {
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  eslint: 'node_modules/eslint/bin/eslint.js',
  tsc: 'node_modules/typescript/bin/tsc',
  svelteCheck: 'node_modules/svelte-check/bin/svelte-check',
  knip: 'node_modules/knip/bin/knip.js',
};

try {
  ensureInstalled();
  ensureBuilt();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exit(1);
}

const checking = checkAll([
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

addCounts(total, await vitestSuite('unit tests'));
process.stdout.write(await checking);

const browser = ensureBrowser();
if (browser === null) {
  process.stdout.write(
    'FAIL end-to-end: no Chrome, Chromium or Edge, and none could be installed. Install one, or name it in LAYERLAB_CHROMIUM.\n',
  );
  total.failed += 1;
} else addCounts(total, await playwrightSuite('end-to-end stories', browser));

process.stdout.write(`${describeCounts(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
