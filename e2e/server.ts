import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

export interface RunningServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** The address for another window, which is printed once one has been opened. */
  next(): Promise<{ readonly url: string }>;
}

/** Starts the loopback server on a free port and resolves with the address it prints. */
export function startServer(folder: string): Promise<RunningServer> {
  const server = spawn(
    process.execPath,
    [
      ...['out/main/local.js', '--renderer', join(root, 'out/renderer'), '--port', '0'],
      ...['--folder', folder, '--app-folder', `${folder}-app`],
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const addresses: string[] = [];
  let output = '';
  let told = (): void => undefined;
  server.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    const whole = output.slice(0, output.lastIndexOf('\n') + 1);
    output = output.slice(whole.length);
    addresses.push(...(whole.match(/http:\/\/127\.0\.0\.1:\d+\/\S*/g) ?? []));
    told();
  });
  let used = 0;
  const next = (): Promise<{ url: string }> =>
    new Promise((accept, reject) => {
      const look = (): void => {
        const url = addresses[used];
        if (url === undefined) return;
        used += 1;
        told = () => undefined;
        accept({ url });
      };
      told = look;
      server.once('exit', (code) => reject(new Error(`The local shell ended with ${code}: ${output}`)));
      look();
    });
  return next().then(({ url }) => ({ url, process: server, next }));
}
