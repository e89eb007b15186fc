import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartDecoder } from './child-process';

/** The decoder's script as it lies beside the built shells and the command line. */
export function builtDecoder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const folders = ['.', '..', '../../out/main'];
  return folders.map((folder) => join(here, folder, 'decoder.js')).find(existsSync) ?? join(here, 'decoder.js');
}

/**
 * Starts the decoder as a plain Node process: no shell, nothing of the environment, and nothing of the disk but the program itself
 * where this Node can be told so.
 */
export function nodeDecoder(script = builtDecoder): StartDecoder {
  return ({ heapMebibytes, replyBytes }) => {
    const path = script();
    if (!existsSync(path)) throw new Error('the decoder is not built: run "npm run build"');
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMebibytes}`, ...confinement(), path], {
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const pieces: Buffer[] = [];
    let length = 0;
    child.stdout.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length > replyBytes) child.kill('SIGKILL');
      else pieces.push(piece);
    });
    // A process that ended early takes no more of its request; that it ended is what counts.
    child.stdin.on('error', () => undefined);
    return {
      send: (request) => void child.stdin.end(request),
      kill: () => void child.kill('SIGKILL'),
      memory: () => residentBytes(child.pid),
      onEnd(listener) {
        let told = false;
        const tell = (reply: Uint8Array | null): void => {
          if (!told) listener(reply);
          told = true;
        };
        child.on('error', () => tell(null));
        child.on('close', (code) => tell(code === 0 && length > 0 ? new Uint8Array(Buffer.concat(pieces)) : null));
      },
    };
  };
}

/** Where the kernel says so in a file, as Linux does; 0 elsewhere, and for a process that is gone. */
function residentBytes(pid: number | undefined): number {
  try {
    const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return 1024 * Number(found?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Of the Nodes that have a permission model: no writing, no other processes, no threads, no native code. */
function confinement(): readonly string[] {
  const flag = ['--permission', '--experimental-permission'].find((name) =>
    process.allowedNodeEnvironmentFlags.has(name),
  );
  return flag === undefined ? [] : [flag, '--allow-fs-read=*'];
}
