/** Data: from dropped files and samples to the examples that a network trains on. */
import type { DataSpec } from '../experiment/document';
import { fail, ProblemError, succeed, type Outcome } from '../problem';
import { load } from './load';
import type { LoadWatch } from './load-watch';
import type { LoadedData } from './loaded';
import { prepareImages } from './prepare-images';
import { prepareTable } from './prepare-table';
import type { PreparedData } from './prepared';
import { NO_SERVICES } from './services';

export { LoadWatch } from './load-watch';
export type { LoadedData } from './loaded';
export type { PreparedData } from './prepared';

/**
 * Reads files, or generates a sample, and keeps what they hold in raw form. Files are found by the names in the document;
 * where it names none, all that are given are taken.
 *
 * @param watch is told how far it is, and may stop it
 */
export async function loadData(
  spec: DataSpec,
  files: readonly File[],
  testFiles: readonly File[],
  services = NO_SERVICES,
  watch?: LoadWatch,
): Promise<Outcome<LoadedData>> {
  try {
    return succeed(await load(spec, files, testFiles, services, watch));
  } catch (error) {
    return asOutcome(error);
  }
}

/** Decides roles, types, scaling and split for what is loaded. Reads no file again, so it may follow every edit. */
export function prepare(loaded: LoadedData, spec: DataSpec): Outcome<PreparedData> {
  try {
    return succeed(loaded.kind === 'table' ? prepareTable(loaded, spec) : prepareImages(loaded, spec));
  } catch (error) {
    return asOutcome(error);
  }
}

function asOutcome<T>(error: unknown): Outcome<T> {
  if (error instanceof ProblemError) return fail(...error.problems);
  // Typed arrays that do not fit into memory say RangeError; everything else is a mistake of ours and must not hide.
  if (!(error instanceof RangeError)) throw error;
  return fail({
    code: 'data/out-of-memory',
    message: 'The data do not fit into memory.',
    hint: 'Take a part of the rows or leave out columns, and close what else is open.',
  });
}
