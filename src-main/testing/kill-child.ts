import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

/** Bundles a program of our sources, so that Node runs it by itself. Returns its path, within `folder`. */
export async function buildChild(folder: string, source: string): Promise<string> {
  await writeFile(join(folder, 'child.ts'), source);
  const outDir = join(folder, 'built');
  const input = { child: join(folder, 'child.ts') };
  await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: true, outDir, rollupOptions: { input, output: { entryFileNames: 'child.mjs' } } },
  });
  return join(outDir, 'child.mjs');
}

/**
 * Starts Node on a program that writes the number of each state it has made durable on a line of its own; waits until so many are acknowledged
 * and a little longer, and kills it. Returns the last acknowledged state.
 */
export function killAfter(args: readonly string[], states: number, delayMs: number): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let killing = false;
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (killing || output.split('\n').length <= states) return;
    killing = true;
    setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (_code, signal) => {
      const acknowledged = output.slice(0, output.lastIndexOf('\n')).split('\n').map(Number).at(-1) ?? -1;
      if (signal === 'SIGKILL') done(acknowledged);
      else failed(new Error(`The child ended by itself: ${output}`));
    });
  });
}
