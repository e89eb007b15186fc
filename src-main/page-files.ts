import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/**
 * On every answer that a page gets, errors included: without them on a script its worker does not start, and shared memory
 * needs the page isolated. No inline code, no other origin, no frames.
 */
export const PAGE_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/**
 * Every file of the built page by the path of its URL, read once at the start: whatever a request names, only what was built
 * can be answered. Links and unknown kinds of files are left out. `/` is the page itself.
 * @throws Error if the folder has no index.html
 */
export async function loadPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  await collect(folder, '', files);
  const index = files.get('/index.html');
  if (index === undefined) throw new Error(`${folder} holds no built page: index.html is missing.`);
  files.set('/', index);
  return files;
}

async function collect(folder: string, prefix: string, files: Map<string, PageFile>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const url = `${prefix}/${encodeURIComponent(entry.name)}`;
    const contentType = CONTENT_TYPES[extname(entry.name)];
    if (entry.isDirectory()) await collect(path, url, files);
    else if (entry.isFile() && contentType !== undefined) {
      files.set(url, { bytes: new Uint8Array(await readFile(path)), contentType });
    }
  }
}
