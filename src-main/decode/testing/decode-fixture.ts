import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DecodeOptions, Outcome } from '../../../src-worker/api';
import type { DecodedTable } from '../../../src-worker/data/decoded/decoded-table';
import { encodeReply } from '../../../src-worker/data/decoded/encode';
import { readReply } from '../../../src-worker/data/decoded/read-reply';
import { decodeFile } from '../child/decode-file';

/** A file made by {@link file://./make-fixtures.py}. */
export function fixture(name: string): Uint8Array {
  return fixtureIn(FIXTURES, name);
}

export const FIXTURES = join(import.meta.dirname, 'fixtures');

/** The same for a script that was bundled elsewhere. */
export function fixtureIn(folder: string, name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, name)));
}

/** Decodes in this process, for files that are known to be harmless; over the bytes that would cross. */
export async function decodeHere(
  name: string,
  bytes: Uint8Array,
  options: DecodeOptions = { sheet: null },
): Promise<Outcome<DecodedTable>> {
  return readReply(name, encodeReply(await decodeFile({ name, bytes, options })));
}
