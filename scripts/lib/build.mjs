import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './paths.mjs';

const inputs = ['src-main', 'src-renderer', 'src-worker', 'scripts', 'electron.vite.config.ts', 'package-lock.json'];
const kernels = 'src-worker/kernels/build';
/** Decoders of images, which the command line loads from its own folder. */
const codecs = ['@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm', '@jsquash/webp/codec/dec/webp_dec.wasm'];
const stampFile = join(root, 'out/.built-from');

/** Hash of everything the build reads, so that a build is made again exactly when something changed. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    let entries;
    try {
      entries = readdirSync(full, { withFileTypes: true });
    } catch {
      hash.update(path).update(readFileSync(full));
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = `${path}/${entry.name}`;
      if (child === kernels || entry.name.endsWith('.test.ts')) continue;
      if (entry.isDirectory()) visit(child);
      else hash.update(child).update(readFileSync(join(root, child)));
    }
  };
  inputs.forEach(visit);
  return hash.digest('hex');
}

function run(label, args) {
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}\n${result.stderr}\n`);
    throw new Error(`${label} failed; its output is above.`);
  }
}

/** Builds the WASM kernels alone: enough for the unit tests. */
export function ensureKernels() {
  run('The build of the WASM kernels', ['scripts/build-kernels.mjs']);
}

/** Builds kernels, main process, preload and window into out/ where a source has changed since. */
export function ensureBuilt({ force = false } = {}) {
  const now = fingerprint();
  if (!force && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === now) return;
  process.stderr.write('Building the app …\n');
  ensureKernels();
  run('The build of the app', ['node_modules/electron-vite/bin/electron-vite.js', 'build']);
  mkdirSync(join(root, 'out/main/kernels'), { recursive: true });
  for (const file of ['kernels.wasm', 'kernels-relaxed.wasm']) {
    copyFileSync(join(root, kernels, file), join(root, 'out/main/kernels', file));
  }
  mkdirSync(join(root, 'out/main/codecs'), { recursive: true });
  for (const file of codecs) {
    copyFileSync(join(root, 'node_modules', file), join(root, 'out/main/codecs', basename(file)));
  }
  writeFileSync(stampFile, now);
}
