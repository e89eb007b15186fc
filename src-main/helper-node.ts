import { Worker } from 'node:worker_threads';
import type { Helper } from '../src-worker/kernels/crew';

/**
 * The script of a helper thread on Node, the counterpart of src-worker/kernels/helper-browser.ts. As text, because it has to
 * run from the sources under a test runner, from a bundle and from an archive alike.
 */
const SCRIPT = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ module, memory, part, ticket }) => {
  const words = new Int32Array(memory.buffer);
  const sleep = (address, value) => void Atomics.wait(words, address / 4, value);
  new WebAssembly.Instance(module, { env: { memory }, crew: { sleep } }).exports.help(part, ticket);
});
parentPort.postMessage('listening');
`;

/** Starts a helper thread, which does not keep the process alive. */
export function startHelperOnNode(): Promise<Helper> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(SCRIPT, { eval: true });
    worker.once('error', reject);
    worker.once('message', () => {
      worker.unref();
      resolve({
        order: (order) => {
          worker.postMessage(order);
        },
        stop: () => void worker.terminate(),
      });
    });
  });
}
