import type { ModelSnapshot, RunState } from '../src-worker/api';
import { parseExperiment } from '../src-worker/experiment/parse';
import { serializeExperiment } from '../src-worker/experiment/serialize';
import { fail, succeed, type Outcome } from '../src-worker/problem';
import { decodeHistory, decodePreprocessing, encodeHistory, encodePreprocessing } from './project-parts';
import { decodeSafetensors, encodeSafetensors } from './safetensors';

/**
 * What an exported model holds besides its weights, so that Layerlab can go on with it: the experiment, the preprocessing, the curves with the
 * place in the run, and where asked for the optimizer's arrays. JSON that travels in the metadata of a foreign format:
 *
 *   { "format": "layerlab-model", "version": 1, "experiment": {…}, "preprocessing": {…}, "history": {…}, "optimizer": "base64" | null }
 */
const FORMAT = 'layerlab-model';
const VERSION = 1;

/** The key of it in the metadata of a format. */
export const CARRY_KEY = 'layerlab';

/** A model without its weights. */
export interface Carried extends Omit<ModelSnapshot, 'state'> {
  readonly state: Omit<RunState, 'parameters'>;
}

/** @param optimizer whether its arrays come along, which makes the file as much larger as they are beside the weights */
export function encodeCarry({ experiment, preprocessing, state }: ModelSnapshot, optimizer: boolean): string {
  const part = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
  // Its weights would make the file as large again.
  const run: RunState = { ...state, best: null };
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    experiment: JSON.parse(serializeExperiment(experiment)) as unknown,
    preprocessing: part(encodePreprocessing(preprocessing)),
    history: part(encodeHistory(run)),
    optimizer: optimizer ? Buffer.from(encodeSafetensors(state.optimizer)).toString('base64') : null,
  });
}

/**
 * Reads what {@link encodeCarry} wrote, as strictly as a project is read.
 * @returns null for a text that is of another kind: then the file is nobody's of ours
 */
export function decodeCarry(text: string, file: string): Outcome<Carried> | null {
  const value = parseJson(text);
  if (!isObject(value) || value['format'] !== FORMAT) return null;
  if (value['version'] !== VERSION) {
    return fail({
      code: 'import/newer-version',
      message: `${file} was written by a newer Layerlab: its model is of version ${String(value['version']).slice(0, 20)}, and this one reads ${VERSION}.`,
      hint: 'Open it with that Layerlab, or get the current one.',
      file,
    });
  }
  const part = (key: string): Uint8Array => new TextEncoder().encode(JSON.stringify(value[key] ?? null));
  const experiment = parseExperiment(value['experiment']);
  if (!experiment.ok) return experiment;
  const preprocessing = decodePreprocessing(part('preprocessing'), file);
  if (!preprocessing.ok) return preprocessing;
  const history = decodeHistory(part('history'), file);
  if (!history.ok) return history;
  const { optimizer } = value;
  const arrays = typeof optimizer === 'string' ? decodeSafetensors(Buffer.from(optimizer, 'base64'), file) : [];
  return succeed({
    experiment: experiment.value,
    preprocessing: preprocessing.value,
    state: { ...history.value.position, history: history.value.records, optimizer: arrays },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
