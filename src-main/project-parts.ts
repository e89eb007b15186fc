import * as v from 'valibot';
import type { BestEpoch, EpochRecord, Preprocessing, RunState } from '../src-worker/api';
import { fail, succeed, type Outcome, type Problem } from '../src-worker/problem';
import { exactNumberSchema, stringifyExactly } from './exact-json';
import {
  bestEpochEntries,
  describeMisfit,
  historySchema,
  positionEntries,
  preprocessingSchema,
  type RunPosition,
} from './model-schema';
import type { ProjectFile } from './bridge';

/** Names of a project's parts inside its archive. */
export const PART = {
  experiment: 'experiment.json',
  /** The document of the weights, only where that is not the one above. */
  trained: 'trained.json',
  weights: 'weights.safetensors',
  optimizer: 'optimizer.safetensors',
  /** Only where an epoch was measured. */
  best: 'best.safetensors',
  history: 'history.json',
  preprocessing: 'preprocessing.json',
} as const;

/** Folders of the data inside the archive, by what they are for. */
const DATA_FOLDER = { data: 'data/', test: 'test-data/' } as const;

const VERSION = 1;

const historyFile = v.strictObject({
  format: v.literal('layerlab-history'),
  version: v.literal(VERSION),
  position: v.strictObject(positionEntries),
  records: historySchema(exactNumberSchema),
  best: v.exactOptional(v.nullable(v.strictObject(bestEpochEntries(exactNumberSchema)))),
});

const preprocessingFile = v.strictObject({
  format: v.literal('layerlab-preprocessing'),
  version: v.literal(VERSION),
  preprocessing: preprocessingSchema(exactNumberSchema),
});

/** The curves, where the run stands and which epoch was best; NaN, ±∞ and −0 survive. */
export function encodeHistory(state: RunState): Uint8Array {
  const { epoch, step, batchInEpoch, status, history, stopped, judgedFrom, batchesPerEpoch, best } = state;
  const position: RunPosition = {
    ...{ epoch, step, batchInEpoch, status },
    ...(stopped === undefined ? {} : { stopped }),
    ...(judgedFrom === undefined ? {} : { judgedFrom }),
    ...(batchesPerEpoch === undefined ? {} : { batchesPerEpoch }),
  };
  const found = best ? { best: { epoch: best.epoch, loss: best.loss, part: best.part } } : {};
  return encodeText({ format: 'layerlab-history', version: VERSION, position, records: history, ...found });
}

export interface DecodedHistory {
  readonly position: RunPosition;
  readonly records: readonly EpochRecord[];
  readonly best: BestEpoch | null;
}

export function decodeHistory(bytes: Uint8Array, file: string): Outcome<DecodedHistory> {
  const decoded = decodePart(bytes, PART.history, historyFile, file);
  if (!decoded.ok) return decoded;
  const { position, records, best = null } = decoded.value;
  return succeed({ position, records, best });
}

export function encodePreprocessing(preprocessing: Preprocessing): Uint8Array {
  return encodeText({ format: 'layerlab-preprocessing', version: VERSION, preprocessing });
}

export function decodePreprocessing(bytes: Uint8Array, file: string): Outcome<Preprocessing> {
  const decoded = decodePart(bytes, PART.preprocessing, preprocessingFile, file);
  return decoded.ok ? succeed(decoded.value.preprocessing) : decoded;
}

/**
 * Where a data file lies in the archive. Any name that a file can have is allowed: what an archive or a file system might take
 * for a path is percent-encoded.
 */
export function dataPath({ name, role }: Pick<ProjectFile, 'name' | 'role'>): string {
  const dots = /^\.+$/.test(name);
  const escaped = [...wellFormed(name)].map((char) =>
    dots || char < ' ' || '%/\\:*?"<>|\x7f'.includes(char) ? percentEncode(char) : char,
  );
  return `${DATA_FOLDER[role]}${escaped.join('')}`;
}

/** The data file that lies there, or null for a path that {@link dataPath} never makes. */
export function dataName(path: string): Pick<ProjectFile, 'name' | 'role'> | null {
  const role = path.startsWith(DATA_FOLDER.data) ? 'data' : path.startsWith(DATA_FOLDER.test) ? 'test' : null;
  if (role === null) return null;
  const name = path
    .slice(DATA_FOLDER[role].length)
    .replace(/%([0-9A-F]{2})/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return dataPath({ name, role }) === path ? { name, role } : null;
}

/** A lone half of a surrogate pair has no UTF-8; it becomes U+FFFD, as everywhere else. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

function percentEncode(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function encodeText(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${stringifyExactly(value)}\n`);
}

function decodePart<T>(bytes: Uint8Array, part: string, schema: v.GenericSchema<unknown, T>, file: string): Outcome<T> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail(badPart(part, 'it is not JSON', file));
  }
  if (isNewer(value)) {
    return fail({
      code: 'project/newer-version',
      message: `${file} was saved by a newer Layerlab: its ${part} is of version ${value.version}, and this one reads ${VERSION}.`,
      hint: 'Open it with that Layerlab, or get the current one. Nothing was changed.',
      file,
    });
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  return parsed.success ? succeed(parsed.output) : fail(badPart(part, describeMisfit(parsed.issues), file));
}

function isNewer(value: unknown): value is { readonly version: number } {
  if (typeof value !== 'object' || value === null || !('version' in value)) return false;
  return typeof value.version === 'number' && value.version > VERSION;
}

function badPart(part: string, what: string, file: string): Problem {
  return {
    code: 'project/part',
    message: `${part} in ${file} is not as Layerlab writes it: ${what}.`,
    hint: 'Choose another copy of it.',
    file,
  };
}
