import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodecFile, LoadCodec } from '../../src-worker/data/images/codecs';

/** Where the packages have them, for the command line that runs from its sources. */
const PACKAGES: Readonly<Record<CodecFile, string>> = {
  'mozjpeg_dec.wasm': '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  'webp_dec.wasm': '@jsquash/webp/codec/dec/webp_dec.wasm',
};

/** The decoders of images on Node: beside the built command line, or in their packages. */
export const loadCodecFromDisk: LoadCodec = async (file) => {
  const built = join(dirname(fileURLToPath(import.meta.url)), 'codecs', file);
  const path = existsSync(built) ? built : createRequire(import.meta.url).resolve(PACKAGES[file]);
  return WebAssembly.compile(await readFile(path));
};
