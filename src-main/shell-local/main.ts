import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultAppFolder } from '../keep/app-folder';
import { defaultProjectsFolder } from '../projects-folder';
import { startLocalShell, type LocalShell } from './server';

const USAGE = `Use: node local.js [--port N] [--folder FOLDER] [--app-folder FOLDER] [--renderer FOLDER] [--code-life SECONDS] [--json]
  --port       exactly this port; 0 for any free one
  --folder     where projects and exports go
  --app-folder where work is kept that no project holds yet, preferences and recent projects
  --renderer   the built page
  --code-life  how long a printed address works; 30 where it goes into a browser's command line
  --json       print { "url", "port", "folder" } on one line instead`;

/** A printed address is seen by its reader alone, who may take a while. */
const PRINTED_CODE_LIFE_SECONDS = 24 * 60 * 60;

interface Options {
  readonly port: number | undefined;
  readonly folder: string;
  readonly appFolder: string;
  readonly renderer: string;
  readonly codeLifeMs: number;
  readonly json: boolean;
}

/** @throws Error naming the argument that is wrong */
function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      folder: { type: 'string', default: defaultProjectsFolder() },
      'app-folder': { type: 'string', default: defaultAppFolder() },
      renderer: { type: 'string', default: resolve(import.meta.dirname, '../renderer') },
      'code-life': { type: 'string', default: String(PRINTED_CODE_LIFE_SECONDS) },
      json: { type: 'boolean', default: false },
    },
  });
  const whole = (name: string, text: string, most: number): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number <= most) return number;
    throw new Error(`--${name} must be a whole number from 0 to ${most}, but is ${text}.`);
  };
  return {
    port: values.port === undefined ? undefined : whole('port', values.port, 65_535),
    folder: resolve(values.folder),
    appFolder: resolve(values['app-folder']),
    renderer: resolve(values.renderer),
    codeLifeMs: 1000 * whole('code-life', values['code-life'], PRINTED_CODE_LIFE_SECONDS),
    json: values.json,
  };
}

async function main(): Promise<void> {
  let options: Options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  const { port, folder, json } = options;
  const announce = (shell: LocalShell, words: string, url: string): void => {
    console.log(json ? JSON.stringify({ url, port: shell.port, folder }) : `${words} ${url}`);
  };
  try {
    const shell: LocalShell = await startLocalShell({
      rendererFolder: options.renderer,
      projectsFolder: folder,
      appFolder: options.appFolder,
      port,
      codeLifeMs: options.codeLifeMs,
      onOpened: () => announce(shell, 'For another window:', shell.newUrl()),
    });
    announce(shell, 'Layerlab is at', shell.url);
    const stop = (): void => void shell.close().then(() => process.exit(0));
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

await main();
