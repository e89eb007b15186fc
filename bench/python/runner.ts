import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Cannot, Opened, Runner } from '../contract';
import { workloadNamed } from '../workloads';
import { writeTask } from './files';

export interface PythonPeer {
  /** The runner's name. */
  readonly name: string;
  /** Module of bench/python with the peer. */
  readonly module: string;
  readonly executable: string;
  readonly threads: number;
}

export interface PythonRunner extends Runner {
  /** Ends the process; between workloads it stays, as it takes seconds to start. */
  end(): void;
}

/** The libraries ask for their number of threads when they are loaded, each by a variable of its own. */
function environmentFor(threads: number): NodeJS.ProcessEnv {
  const count = String(threads);
  return {
    ...process.env,
    ...{ OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count, BLIS_NUM_THREADS: count },
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/** A peer in a Python process of its own, which starts with the first workload. `scratch` is a folder for its data. */
export function pythonRunner(
  { name, module, executable, threads }: PythonPeer,
  root: string,
  scratch: string,
): PythonRunner {
  let process: Conversation | null = null;
  const call = <T>(method: string, ...args: readonly unknown[]): Promise<T> => {
    process ??= converse(executable, [join(root, 'bench/python/host.py'), module, String(threads)], threads);
    return process.call(method, args) as Promise<T>;
  };
  const folder = join(scratch, name);
  const clear = () => rm(folder, { recursive: true, force: true });
  return {
    peer: name,
    async open(workload) {
      const opened = workloadNamed(workload);
      const task = await writeTask(folder, opened);
      try {
        return await call<Opened | Cannot>('open', task);
      } finally {
        // What is read again and again stays until the end of it.
        if (opened.kind !== 'reading') await clear();
      }
    },
    prove: () => call('prove'),
    calibrate: (targetMs) => call('calibrate', targetMs / 1000),
    time: (steps, repeats) => call('time', steps, repeats),
    async close() {
      if (process !== null) await call('close');
      await clear();
    },
    end() {
      process?.end();
      process = null;
    },
  };
}

interface Conversation {
  call(method: string, args: readonly unknown[]): Promise<unknown>;
  end(): void;
}

/** Requests and answers, one at a time. */
function converse(executable: string, args: readonly string[], threads: number): Conversation {
  const child: ChildProcessWithoutNullStreams = spawn(executable, args, { env: environmentFor(threads) });
  let complaints = '';
  let waiting: { resolve(value: unknown): void; reject(error: Error): void } | null = null;
  let gone: Error | null = null;
  const lose = (why: string): void => {
    gone = new Error(`${why} ${complaints.trim().split('\n').at(-1) ?? ''}`.trim());
    waiting?.reject(gone);
  };
  child.stderr.on('data', (text: Buffer) => (complaints = (complaints + text.toString()).slice(-4000)));
  child.stdin.on('error', () => undefined); // 'close' says it
  child.on('error', (error) => lose(`Python did not start: ${error.message}.`));
  child.on('close', (code) => lose(`Python ended with ${code}.`));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as { readonly value?: unknown; readonly error?: string };
    if (answer.error === undefined) waiting?.resolve(answer.value);
    else waiting?.reject(new Error(answer.error));
  });
  return {
    call(method, args) {
      if (gone !== null) return Promise.reject(gone);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        child.stdin.write(`${JSON.stringify({ call: method, arguments: args })}\n`);
      });
    },
    end: () => void child.kill(),
  };
}
