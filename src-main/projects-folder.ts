import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where projects are kept unless the person says otherwise: `$LAYERLAB_FOLDER`, else Documents/Layerlab. */
export function defaultProjectsFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment['LAYERLAB_FOLDER'];
  return chosen === undefined || chosen === '' ? join(homedir(), 'Documents', 'Layerlab') : chosen;
}
