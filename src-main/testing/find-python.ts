import { spawnSync } from 'node:child_process';

/** The first Python that has the module: `LAYERLAB_PYTHON`, the one on the path, Debian's. Null, and said aloud, without one. */
export function findPython(module: string): string | null {
  const candidates = [process.env['LAYERLAB_PYTHON'], 'python3', '/usr/bin/python3'].filter(
    (each) => each !== undefined,
  );
  const found = candidates.find(
    (python) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0,
  );
  if (found === undefined) {
    process.stderr.write(`Skipped: no Python has ${module}; tried ${candidates.join(', ')} (set LAYERLAB_PYTHON).\n`);
  }
  return found ?? null;
}
