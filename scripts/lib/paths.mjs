import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, from wherever a script is called. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
