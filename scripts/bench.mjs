/** `npm run bench`: installs and builds what is missing, then measures our engine and its peers in one Chromium. */
import { join } from 'node:path';
import { ensureBrowser } from './lib/browser.mjs';
import { ensureBuilt, ensureKernels } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

async function bench() {
  ensureInstalled();
  ensureKernels();
  if (process.argv.includes('--window')) ensureBuilt();
  const browser = ensureBrowser();
  if (browser === null) {
    throw new Error(
      'The bench needs Chrome, Chromium or Edge and found none. Install one, or name it in the variable LAYERLAB_CHROMIUM.',
    );
  }
  // The bench is TypeScript, which plain Node does not read: vite, once it is installed, bundles it and hands it over.
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(root, 'bench/main.ts'), { configFile: false, root, logLevel: 'error' });
  return module.main(process.argv.slice(2), { root, browser, out: process.stdout, err: process.stderr });
}

try {
  process.exitCode = await bench();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
