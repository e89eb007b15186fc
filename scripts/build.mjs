import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';

ensureInstalled();
ensureBuilt({ force: true });
process.stdout.write('Built into out/.\n');
