import type { ModelSnapshot, Proof, TrainingData } from '../../src-worker/api';
import { decodeOutputs } from '../../src-worker/inference';
import { Findings } from '../../src-worker/experiment/findings';
import { readObject } from '../../src-worker/experiment/read';
import { readFields } from '../../src-worker/experiment/read-kind';
import { fail, ProblemError, succeed, type Outcome, type Problem } from '../../src-worker/problem';
import type { FloatArray } from '../../src-worker/tensor';
import type { ExportOptions, ExportPreview, ExportProof, ExportRequest } from '../bridge';
import { checkModel } from '../model-check';
import { writeZip } from '../zip';
import { drawProof } from './draw-proof';
import type { ExportFile, ExportFormat } from './format';
import { findNonFinite } from './non-finite';
import { exportFormats } from './registry';

/** An export that is ready to be written. */
export interface EncodedExport extends Omit<ExportPreview, 'bytes'> {
  /** All of it; the caller owns them. */
  readonly content: Uint8Array;
  /** The same as the files inside, which share nothing with the archive. */
  readonly parts: readonly ExportFile[];
}

/**
 * Checks that the model's parts belong together and that the format can hold them, encodes it, and lets an independent reader
 * answer the proof's rows where there is one.
 * @param proof rows with the app's outputs; null where none are at hand, and some are drawn
 * @param data the prepared data; null where none are at hand, which only formats that take them mind
 */
export async function encodeModel(
  request: ExportRequest,
  model: ModelSnapshot,
  proof: Proof | null,
  data: TrainingData | null,
): Promise<Outcome<EncodedExport>> {
  try {
    return await encode(request, model, proof, data);
  } catch (error) {
    // An archive that would be too large, or a file that its reader does not take.
    if (error instanceof ProblemError) return fail(...error.problems);
    throw error;
  }
}

async function encode(
  request: ExportRequest,
  model: ModelSnapshot,
  proof: Proof | null,
  data: TrainingData | null,
): Promise<Outcome<EncodedExport>> {
  const format: ExportFormat = exportFormats[request.format];
  const options = readOptions(format, request.options);
  if (!options.ok) return options;
  const nonFinite = findNonFinite(model);
  const problems = [...checkModel(model), ...(nonFinite !== null && !request.acceptNonFinite ? [nonFinite] : [])];
  if (problems.length > 0) return fail(...problems);
  const unheld = format.cannotHold(model, options.value);
  if (unheld.length > 0) return fail(...unheld);
  if (format.takesData && data === null) return fail(noData(format));
  const rows = proof ?? drawProof(model);
  const files = await format.encode(model, options.value, rows, data);
  if (!files.ok) return files;
  return succeed({
    content: await pack(format, files.value),
    parts: files.value,
    files: files.value.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
    warnings: nonFinite === null ? [] : [nonFinite],
    usage: format.usage(`model.${format.extension}`),
    proof: await prove(format, options.value, files.value, model, rows),
  });
}

function noData({ label }: ExportFormat): Problem {
  return {
    code: 'export/needs-data',
    message: `${label} carries the training data along, and they are not at hand.`,
    hint: 'Load the data that the model was trained with, then export again.',
  };
}

async function pack({ extension, label }: ExportFormat, files: readonly ExportFile[]): Promise<Uint8Array> {
  return extension === 'zip' ? writeZip(files, label, 'model') : files[0]!.bytes;
}

async function prove(
  format: ExportFormat,
  options: ExportOptions,
  files: readonly ExportFile[],
  model: ModelSnapshot,
  proof: Proof,
): Promise<ExportProof> {
  const { count: rows } = proof;
  const kind = format.provesWith?.(options) ?? format.proves;
  if (kind !== 'reread') return { kind, rows };
  if (format.reread === undefined) throw new Error(`${format.id} says that it is read back, but has no reader`);
  const found = await (await format.reread(files, model))(proof);
  const answers = (yHat: FloatArray) => decodeOutputs(model.preprocessing, yHat, rows).map(({ answer }) => answer);
  const [own, others] = [answers(proof.outputs), answers(found)];
  return {
    kind: 'reread',
    rows,
    largestDifference: largestDifference(proof.outputs, found),
    sameAnswers: model.preprocessing.task === 'regression' || own.every((answer, n) => Object.is(answer, others[n])),
  };
}

/** max |ŷ − ŷ′|; infinite where one of them alone is not a number, or there is another count of outputs. */
export function largestDifference(own: FloatArray, found: FloatArray): number {
  if (own.length !== found.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < own.length; i++) {
    const [a, b] = [own[i]!, found[i]!];
    const difference = Object.is(a, b) ? 0 : Math.abs(a - b);
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
  }
  return largest;
}

/** Options complete, those left out by their defaults. */
function readOptions({ options }: ExportFormat, given: ExportOptions): Outcome<ExportOptions> {
  const findings = new Findings();
  const known = options.map(({ name }) => name);
  const read = readFields(readObject(given, 'options', known, findings), options, findings);
  return findings.clean ? succeed(read) : fail(...findings.problems());
}
