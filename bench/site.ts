import { createServer } from 'node:http';
import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { buildFma } from './peak/build';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** With these the page may use shared memory and therefore threads, and its clock is precise to 5 µs. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Bundles the bench's page for production, as an app's page would be. Returns its folder. */
export async function buildPage(root: string): Promise<string> {
  const outDir = join(root, 'out/bench');
  await build({
    configFile: false,
    root: join(root, 'bench/page'),
    logLevel: 'error',
    // Not minified: TensorFlow.js sends a function's source text to its threads, where a shortened outer name is unknown.
    build: { outDir, emptyOutDir: true, target: 'esnext', assetsInlineLimit: 0, minify: false },
    worker: { format: 'es' },
  });
  await writeFile(join(outDir, 'fma.wasm'), await buildFma(root));
  return outDir;
}

export interface Site {
  readonly url: string;
  close(): void;
}

/** Serves a folder on the loopback interface with the isolation headers. */
export async function serve(folder: string): Promise<Site> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (bytes) => {
        response.writeHead(200, { ...isolation, 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
        response.end(bytes);
      },
      () => response.writeHead(404, isolation).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
