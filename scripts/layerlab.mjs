import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

ensureInstalled();
ensureBuilt();
const { main } = await import(pathToFileURL(join(root, 'out/main/cli.js')).href);
process.exitCode = await main(process.argv.slice(2), process);
