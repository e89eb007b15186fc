/**
 * Makes the pictures of the README and the docs from the built app in a real browser: `npm run screenshots`. The data, the seeds and the
 * window's size are fixed, so a picture changes only when the app does.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

const folder = join(root, 'docs/screenshots');
const scratch = mkdtempSync(join(tmpdir(), 'layerlab-screenshots-'));

function startServer() {
  const args = [
    'out/main/local.js',
    '--port',
    '0',
    '--folder',
    scratch,
    '--app-folder',
    join(scratch, 'app'),
    '--json',
  ];
  const server = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((accept) => {
    server.stdout.once('data', (line) => accept({ server, url: JSON.parse(line.toString().split('\n')[0]).url }));
  });
}

async function takePictures(browser, scheme) {
  const { server, url } = await startServer();
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1,
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const picture = (name) => page.screenshot({ path: join(folder, `${name}-${scheme}.png`) });
  const finished = () => page.getByRole('contentinfo').getByRole('status').filter({ hasText: 'Finished' }).waitFor();
  await page.goto(url);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await finished();
  await page.mouse.move(720, 20);
  await picture('curves');
  await page.getByRole('tab', { name: 'Boundary' }).click();
  await picture('boundary');
  await page.getByRole('tab', { name: 'Maths' }).click();
  // Up to the gradient of the output layer's weights.
  for (let n = 0; n < 7; n += 1) await page.getByRole('button', { name: 'Next', exact: true }).click();
  await picture('maths');
  const penguins = { name: 'penguins.csv', mimeType: '', buffer: readFileSync(join(root, 'e2e/data/penguins.csv')) };
  await page.locator('body').drop({ files: [penguins] });
  await page.getByRole('list', { name: 'Layers' }).getByText('Dense 3').waitFor();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await finished();
  await page.getByRole('tab', { name: 'Weights' }).click();
  await page.getByRole('img', { name: /^W\[1\]/ }).waitFor();
  await picture('weights');
  await page.getByRole('tab', { name: 'Activations' }).click();
  await page.getByText('Many examples', { exact: true }).click();
  await page.getByRole('img', { name: /sorted by class/ }).waitFor();
  await picture('activations');
  await page.getByRole('tab', { name: 'Data' }).click();
  await picture('data');
  await page.getByRole('tab', { name: 'Boundary' }).click();
  await page.getByRole('img', { name: /Gentoo on/ }).waitFor();
  await picture('boundary-of-six');
  await page.getByRole('tab', { name: 'Try it' }).click();
  await page.getByRole('region', { name: 'Answer' }).waitFor();
  await picture('try-it');
  await context.close();
  server.kill('SIGTERM');
}

ensureInstalled();
ensureBuilt();
const executablePath = findBrowser();
if (executablePath === null) throw new Error('No Chrome, Chromium or Edge found; name one in LAYERLAB_CHROMIUM.');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
for (const scheme of ['light', 'dark']) await takePictures(browser, scheme);
await browser.close();
rmSync(scratch, { recursive: true, force: true });
process.stdout.write('Pictures written to docs/screenshots.\n');
