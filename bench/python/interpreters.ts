import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** A Python that is installed here. */
export interface Interpreter {
  readonly executable: string;
  /** Such as `3.11.2`. */
  readonly python: string;
  /** Version by module, of those that peers are made of. */
  readonly modules: Readonly<Partial<Record<PythonModule, string>>>;
}

export type PythonModule = 'numpy' | 'torch' | 'sklearn' | 'pandas';

const run = promisify(execFile);

/** Importing PyTorch from a cold disk takes a while. */
const PROBE_MS = 60_000;

/** Every `python3` of the search path, or those that LAYERLAB_PYTHON names instead, with what they have. */
export async function findInterpreters(probe: string, environment: NodeJS.ProcessEnv): Promise<Interpreter[]> {
  const named = environment['LAYERLAB_PYTHON'];
  const candidates =
    named === undefined
      ? (environment['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'python3'))
      : named.split(delimiter);
  const files = named === undefined ? candidates.filter(existsSync) : candidates;
  const different = [...new Map(files.map((path) => [realPath(path), path])).values()];
  const found = await Promise.all(different.map((path) => ask(path, probe)));
  return found.filter((interpreter) => interpreter !== null);
}

/** A link to it may be what makes a virtual environment one, but two names of one folder are the same. */
function realPath(path: string): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return existsSync(folder) ? join(realpathSync(folder), path.slice(folder.length)) : path;
}

async function ask(executable: string, probe: string): Promise<Interpreter | null> {
  try {
    const { stdout } = await run(executable, [probe], { timeout: PROBE_MS });
    return JSON.parse(stdout) as Interpreter;
  } catch {
    return null;
  }
}

/** One interpreter for every version of a module that is installed, the newest first. */
export function versionsOf(module: PythonModule, interpreters: readonly Interpreter[]): Interpreter[] {
  const byVersion = new Map<string, Interpreter>();
  for (const interpreter of interpreters) {
    const version = interpreter.modules[module];
    if (version !== undefined && !byVersion.has(version)) byVersion.set(version, interpreter);
  }
  return [...byVersion]
    .toSorted(([a], [b]) => b.localeCompare(a, 'en', { numeric: true }))
    .map(([, interpreter]) => interpreter);
}
