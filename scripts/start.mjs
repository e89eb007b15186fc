/**
 * `npm start`: installs and builds what is missing, then opens the app in the best shell this machine has.
 * Options: --local (not Electron), --no-open (serve only), --port N.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { fetchElectron } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

function readOptions() {
  try {
    return parseArgs({
      options: {
        local: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string' },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error.message}\nUse: npm start -- [--local] [--no-open] [--port N]\n`);
    process.exit(2);
  }
}

function openInElectron(executable) {
  const child = spawn(executable, ['.'], { cwd: root, stdio: 'inherit' });
  child.on('exit', (code) => process.exit(code ?? 0));
}

/** An app window of an installed browser with a profile of its own; the server ends when it closes. */
function openInBrowser(browser, url, server) {
  const profile = mkdtempSync(join(tmpdir(), 'layerlab-window-'));
  const child = spawn(
    browser,
    [`--app=${url}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check'],
    {
      stdio: 'ignore',
    },
  );
  const started = Date.now();
  child.on('error', () => process.stdout.write('The browser could not be started. Open the address above in one.\n'));
  child.on('exit', (code) => {
    rmSync(profile, { recursive: true, force: true });
    if (code !== 0 && Date.now() - started < 5_000) {
      process.stdout.write('The browser window did not open. Open the address above in a browser; Ctrl+C ends.\n');
      return;
    }
    // An order to end tells the server that windows that are gone were closed; of a browser that was killed or crashed they were not.
    server.kill(code === 0 ? 'SIGTERM' : 'SIGKILL');
  });
}

function serve(options) {
  const args = [join(root, 'out/main/local.js'), '--renderer', join(root, 'out/renderer')];
  if (options.port !== undefined) args.push('--port', options.port);
  // An address in a browser's command line can be read by every user of the machine: it works once, and not for long.
  if (!options['no-open']) args.push('--code-life', '30');
  const server = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () => server.kill('SIGTERM');
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  server.on('exit', (code) => process.exit(code ?? 0));
  let opened = false;
  let output = '';
  server.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    output += chunk;
    const url = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(output)?.[0];
    if (opened || url === undefined || !output.includes('\n')) return;
    opened = true;
    if (options['no-open']) return;
    const browser = findBrowser();
    if (browser === null)
      process.stdout.write('No Chrome, Chromium or Edge found: open the address above in a browser.\n');
    else openInBrowser(browser, url, server);
  });
}

const options = readOptions();
try {
  ensureInstalled();
  ensureBuilt();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const electron = options.local || options['no-open'] ? null : fetchElectron();
if (electron === null) serve(options);
else openInElectron(electron);
