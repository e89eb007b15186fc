import type { App, ForkOptions, UtilityProcess } from 'electron';
import type { StartDecoder } from '../decode/child-process';

/** Electron's `utilityProcess.fork`, as far as the decoder needs it. */
export type Fork = (
  script: string,
  args: string[],
  options: ForkOptions,
) => Pick<UtilityProcess, 'pid' | 'postMessage' | 'kill'> & {
  once(event: 'exit', listener: (code: number) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
};

/** Bytes that a process has in memory; 0 where the system does not say. */
export type MemoryOf = (pid: number) => number;

/** By Electron's own measure of the processes of the app. */
export function memoryByMetrics(app: Pick<App, 'getAppMetrics'>): MemoryOf {
  // Kilobytes.
  return (pid) => 1024 * (app.getAppMetrics().find((process) => process.pid === pid)?.memory.workingSetSize ?? 0);
}

/**
 * Starts the decoder as a utility process of Electron: the app's own program cannot run as Node, and this is sandboxed by a process of
 * its own as well. It has nothing of the environment and no streams.
 * @param script the bundled decoder
 */
export function utilityDecoder(fork: Fork, memoryOf: MemoryOf, script: string): StartDecoder {
  return ({ heapMebibytes, replyBytes }) => {
    const child = fork(script, [], {
      env: {},
      stdio: 'ignore',
      serviceName: 'Layerlab decoder',
      execArgv: [`--max-old-space-size=${heapMebibytes}`],
    });
    let reply: Uint8Array | null = null;
    child.on('message', (message) => {
      if (reply === null && message instanceof Uint8Array && message.length <= replyBytes) reply = message;
      child.kill();
    });
    return {
      send: (request) => child.postMessage(request),
      kill: () => void child.kill(),
      memory: () => (child.pid === undefined ? 0 : memoryOf(child.pid)),
      onEnd: (listener) => void child.once('exit', () => listener(reply)),
    };
  };
}
