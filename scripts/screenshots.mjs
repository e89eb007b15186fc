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
  // Beside other work it may take its time.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const picture = (name) => page.screenshot({ path: join(folder, `${name}-${scheme}.png`) });
  const finished = () => page.getByRole('contentinfo').getByRole('status').filter({ hasText: 'Finished' }).waitFor();
  await page.goto(url);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await finished();
  await page.mouse.move(720, 20);
  await picture('curves');
  const open = (view) => page.getByRole('tab', { name: view }).click();
  await open('Boundary');
  await picture('boundary');
  await open('Mistakes');
  await page.getByRole('heading', { name: 'Confusion' }).waitFor();
  await page.getByRole('row', { name: /^Row / }).waitFor();
  await picture('mistakes');
  await open('Network');
  await picture('network');
  await open('Check');
  await page.getByRole('combobox', { name: 'Planted bug' }).selectOption({ label: 'g′ of the wrong layer' });
  await page.getByText(/^Caught/).waitFor();
  await page.getByRole('img', { name: /over h/ }).waitFor();
  await page.getByRole('progressbar', { name: 'Entries checked' }).waitFor({ state: 'detached' });
  await picture('check');
  await open('Maths');
  // Up to the gradient of the output layer's weights.
  for (let n = 0; n < 7; n += 1) await page.getByRole('button', { name: 'Next', exact: true }).click();
  await picture('maths');
  const penguins = { name: 'penguins.csv', mimeType: '', buffer: readFileSync(join(root, 'e2e/data/penguins.csv')) };
  await page.locator('body').drop({ files: [penguins] });
  await page.getByRole('list', { name: 'Layers' }).getByText('Dense 3').waitFor();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await finished();
  await open('Weights');
  await page.getByRole('img', { name: /^W\[1\]/ }).waitFor();
  await picture('weights');
  await open('Activations');
  await page.getByText('Many examples', { exact: true }).click();
  await page.getByRole('img', { name: /sorted by class/ }).waitFor();
  await picture('activations');
  await open('Data');
  await picture('data');
  await open('Boundary');
  await page.getByRole('img', { name: /Gentoo on/ }).waitFor();
  await picture('boundary-of-six');
  await open('Try it');
  await page.getByRole('region', { name: 'Answer' }).waitFor();
  await picture('try-it');
  await open('Runs');
  await picture('runs');
  await open('Sweep');
  await page.getByRole('button', { name: 'Second setting', exact: true }).click();
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('20');
  await page.getByRole('button', { name: 'Start the sweep', exact: true }).click();
  await page.getByRole('region', { name: 'Results over both settings' }).waitFor();
  await page.getByRole('button', { name: 'Start the sweep', exact: true }).waitFor();
  await picture('sweep');
  await page.keyboard.press('l');
  await page.getByRole('button', { name: /^Why a hidden layer/ }).click();
  await page.getByRole('heading', { name: 'One unit draws a line' }).waitFor();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await finished();
  await picture('lesson');
  await context.close();
  server.kill('SIGTERM');
}

ensureInstalled();
ensureBuilt();
const executablePath = findBrowser();
if (executablePath === null) throw new Error('No Chrome, Chromium or Edge found; name one in LAYERLAB_CHROMIUM.');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
try {
  for (const scheme of ['light', 'dark']) await takePictures(browser, scheme);
} finally {
  await browser.close();
}
rmSync(scratch, { recursive: true, force: true });
process.stdout.write('Pictures written to docs/screenshots.\n');
