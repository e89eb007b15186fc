import plainUrl from './build/kernels.wasm?url';
import relaxedUrl from './build/kernels-relaxed.wasm?url';
import { loadKernels, type KernelFile, type LoadedKernels } from './wasm';

const urls: Readonly<Record<KernelFile, string>> = { 'kernels.wasm': plainUrl, 'kernels-relaxed.wasm': relaxedUrl };

/** The kernels in a page or its workers, streamed from beside the script. */
export function loadKernelsInBrowser(): Promise<LoadedKernels> {
  return loadKernels((file) => WebAssembly.compileStreaming(fetch(urls[file])));
}
