/**
 * `npm run test:heavy`: the checks that take too long for `npm test`, such as thousands of damaged files and hundreds of kills of a window.
 * Installs and builds what is missing; a word behind `--` names the files to run. The last line counts as that of `npm test` does.
 */
import { ensureBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { addCounts, describeCounts, noCounts, playwrightSuite, vitestSuite } from './lib/suites.mjs';

const total = noCounts();
const asked = process.argv.slice(2);
const mayBeEmpty = asked.length > 0;

try {
  ensureInstalled();
  ensureBuilt();
  const config = ['--config', 'vitest.heavy.config.ts', '--passWithNoTests'];
  addCounts(total, await vitestSuite('heavy tests', [...config, ...asked], { mayBeEmpty }));
  const browser = ensureBrowser();
  if (browser === null) throw new Error('No Chrome, Chromium or Edge: name one in LAYERLAB_CHROMIUM.');
  const stories = ['--config', 'playwright.heavy.config.ts', '--pass-with-no-tests', ...asked];
  addCounts(total, await playwrightSuite('heavy stories', browser, stories, { mayBeEmpty }));
  // A run that tested nothing has failed.
  if (total.passed + total.failed === 0) total.failed += 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  total.failed += 1;
}

process.stdout.write(`${describeCounts(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
