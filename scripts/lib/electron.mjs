import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

/**
 * Electron's executable where it is already on the machine, else null. Only `electron/package.json` is resolved: on plain Node
 * `require('electron')` itself would start a download.
 */
export function findElectron() {
  const manifest = createRequire(join(root, 'package.json')).resolve('electron/package.json');
  const folder = dirname(manifest);
  const pathFile = join(folder, 'path.txt');
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  if (!existsSync(pathFile) && process.env.ELECTRON_OVERRIDE_DIST_PATH === undefined) return null;
  const executable = existsSync(pathFile)
    ? readFileSync(pathFile, 'utf8').trim()
    : ({ darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron');
  const versionFile = join(dist, 'version');
  const version = JSON.parse(readFileSync(manifest, 'utf8')).version;
  if (!existsSync(versionFile) || readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') !== version) return null;
  const full = join(dist, executable);
  return existsSync(full) ? full : null;
}

/** Fetches the binary once where the network allows it; a black-holed network must not hang the start. */
export function fetchElectron() {
  const found = findElectron();
  if (found !== null) return found;
  const install = join(root, 'node_modules/electron/install.js');
  if (!existsSync(install)) return null;
  process.stdout.write('Looking for Electron’s binary (at most a minute) …\n');
  spawnSync(process.execPath, [install], { cwd: root, stdio: 'ignore', timeout: 60_000 });
  return findElectron();
}
