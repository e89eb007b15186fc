/**
 * Writes docs/sizes.md: what the built window weighs, and what of it a start waits for. `node scripts/build.mjs && node scripts/sizes.mjs`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { root } from './lib/paths.mjs';

const assets = join(root, 'out/renderer/assets');

/** What a file is part of; the first that fits. */
const PARTS = [
  { name: 'what the first look waits for', holds: (file, first) => first.has(file) },
  { name: 'views and dialogs, when they are first opened', holds: (file) => /^(?!worker).*\.(js|css)$/.test(file) },
  { name: 'the workers of training and of sweeps', holds: (file) => file.endsWith('.js') },
  { name: 'kernels and decoders of images, WebAssembly', holds: (file) => file.endsWith('.wasm') },
  { name: 'fonts, those that the text asks for', holds: (file) => file.endsWith('.woff2') },
];

/** Scripts and styles that the page names, with the scripts that those import at once. */
function firstFiles() {
  const page = readFileSync(join(root, 'out/renderer/index.html'), 'utf8');
  const first = new Set();
  const visit = (file) => {
    if (first.has(file)) return;
    first.add(file);
    if (!file.endsWith('.js')) return;
    const source = readFileSync(join(assets, file), 'utf8');
    for (const [, name] of source.matchAll(/(?:^|[;\n}])\s*import\s*(?:[^'"();]*?from\s*)?["']\.\/([^"']+)["']/g))
      visit(name);
  };
  for (const [, path] of page.matchAll(/(?:src|href)="[^"]*assets\/([^"]+\.(?:js|css))"/g)) visit(basename(path));
  // The view that is shown first is fetched beside the start of the worker.
  for (const file of readdirSync(assets)) if (/^Curves-.*\.(js|css)$/.test(file)) visit(file);
  return first;
}

/** @returns {{ name: string, files: number, bytes: number, gzipped: number }[]} */
export function measureSizes() {
  const first = firstFiles();
  const files = readdirSync(assets).map((file) => ({ file, part: PARTS.find(({ holds }) => holds(file, first)) }));
  return PARTS.map((part) => {
    const own = files.filter((each) => each.part === part).map(({ file }) => readFileSync(join(assets, file)));
    const bytes = own.reduce((sum, content) => sum + content.length, 0);
    const gzipped = own.reduce((sum, content) => sum + gzipSync(content).length, 0);
    return { name: part.name, files: own.length, bytes, gzipped };
  });
}

const kilobytes = (bytes) => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;

export function describeSizes(sizes) {
  const rows = sizes.map(
    ({ name, files, bytes, gzipped }) => `| ${name} | ${files} | ${kilobytes(bytes)} | ${kilobytes(gzipped)} |`,
  );
  return `# Sizes

What the built window weighs, by \`node scripts/sizes.mjs\` from \`out/renderer\`. Everything comes from the machine itself, never over a network; the size tells how much is read and parsed.

| part | files | size | gzipped |
| --- | ---: | ---: | ---: |
${rows.join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, 'docs/sizes.md'), describeSizes(measureSizes()));
  process.stdout.write('Wrote docs/sizes.md.\n');
}
