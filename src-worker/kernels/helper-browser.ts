import type { HelperOrder } from './crew';
import { kernelImports } from './imports';
import type { KernelExports } from './wasm';

/** The script of a helper thread in a page: it takes one order after the other. */
addEventListener('message', ({ data }: MessageEvent<HelperOrder>) => {
  const { exports } = new WebAssembly.Instance(data.module, kernelImports(data.memory));
  (exports as unknown as KernelExports).help(data.part, data.ticket);
});

// Not before this script has run to its end: until then Chromium keeps what the parent posts in the parent's own queue, which stands still
// while the parent waits for this thread to join.
setTimeout(() => {
  postMessage('listening');
});
