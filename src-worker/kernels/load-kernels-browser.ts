import plainUrl from './build/kernels.wasm?url';
import relaxedUrl from './build/kernels-relaxed.wasm?url';
import type { Helper } from './crew';
import { loadKernels, type KernelFile, type LoadedKernels } from './wasm';

const urls: Readonly<Record<KernelFile, string>> = { 'kernels.wasm': plainUrl, 'kernels-relaxed.wasm': relaxedUrl };

/** Longest that a thread may take to start before one thread has to do. */
const START_MS = 10_000;

/** The kernels in a page or its workers, streamed from beside the script; with threads where the page is isolated. */
export function loadKernelsInBrowser(): Promise<LoadedKernels> {
  const compile = (file: KernelFile): Promise<WebAssembly.Module> => WebAssembly.compileStreaming(fetch(urls[file]));
  return loadKernels(compile, crossOriginIsolated ? startHelper : null);
}

function startHelper(): Promise<Helper> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./helper-browser.ts', import.meta.url), { type: 'module' });
    const fail = (): void => {
      worker.terminate();
      reject(new Error('a helper thread did not start'));
    };
    const timer = setTimeout(fail, START_MS);
    worker.onerror = fail;
    worker.onmessage = () => {
      clearTimeout(timer);
      resolve({
        order: (order) => {
          worker.postMessage(order);
        },
        stop: () => {
          worker.terminate();
        },
      });
    };
  });
}
