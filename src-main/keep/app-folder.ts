import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The application's own folder, where Electron has it too, so that both shells share recent projects, preferences and kept work:
 * `$LAYERLAB_HOME`, else that of the system.
 */
export function defaultAppFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = environment['LAYERLAB_HOME'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'layerlab');
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'layerlab');
  const config = environment['XDG_CONFIG_HOME'];
  return join(config === undefined || config === '' ? join(home, '.config') : config, 'layerlab');
}
