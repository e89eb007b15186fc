import type { NamedTensor } from '../../src-worker/api';
import { ProblemError, type Problem } from '../../src-worker/problem';
import { decodeCarry, type Carried } from '../carry';
import type { NetworkAssembler } from './assembler';
import { countNumbers, describeTensor, type FileTensor } from './describe-tensor';
import type { ImportFormat } from './format';
import type { DescribedLayer } from './read-model';
import { restoreFromArrays, restoreFromLayers } from './restore';
import { Unsupported } from './unsupported';

export type Reading = Awaited<ReturnType<ImportFormat['read']>>;

/** What every format knows of a file before anything is made of it. */
export interface Known {
  readonly file: string;
  readonly producer: string;
  readonly tensors: readonly FileTensor[];
  /** All operations as the file lists them, for a model that cannot be put together. */
  readonly layers: readonly DescribedLayer[];
  /** The text that Layerlab left in the file; null where there is none. */
  readonly carry: string | null;
}

/** A file of layers: `assemble` puts them together, or throws {@link Unsupported} at the first that the app does not know. */
export function readingOfLayers(known: Known, assemble: (carried: Carried | null) => NetworkAssembler): Reading {
  const { carried, notes } = carriedBy(known);
  const basis = basisOf(known);
  try {
    const assembler = assemble(carried);
    const network = assembler.finish();
    const model = carried === null ? null : restoreFromLayers(carried, network);
    return {
      ...basis,
      layers: assembler.described,
      model,
      network,
      weights: [],
      notes: [...notes, ...assembler.notes, ...(carried !== null && model === null ? [CHANGED] : [])],
    };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    return {
      ...basis,
      weights: namedTensors(known.tensors),
      problems: [{ ...error.problem, file: known.file }],
      notes,
    };
  }
}

/** A file of arrays alone. */
export function readingOfArrays(known: Known): Reading {
  const { carried, notes } = carriedBy(known);
  const weights = namedTensors(known.tensors);
  const model = carried === null ? null : restoreFromArrays(carried, weights);
  return {
    ...basisOf(known),
    model,
    weights,
    notes: [...notes, ...(carried !== null && model === null ? [CHANGED] : [])],
  };
}

const CHANGED =
  'The file was written by Layerlab and changed since: its layers are no longer those of the experiment in it, so it is read like any other.';

function basisOf({ producer, tensors, layers }: Known): Reading {
  return {
    ...{ producer, layers, model: null, network: null, weights: [], problems: [], notes: [] },
    tensors: tensors.map(describeTensor),
    parameters: countNumbers(tensors),
  };
}

/** A file that somebody else wrote under our key is read all the same; what is wrong with it becomes a note. */
function carriedBy({ carry, file }: Known): { carried: Carried | null; notes: readonly string[] } {
  const decoded = carry === null ? null : attempt(() => decodeCarry(carry, file));
  if (decoded === null) return { carried: null, notes: [] };
  if (decoded.ok) return { carried: decoded.value, notes: [] };
  return {
    carried: null,
    notes: decoded.problems.map(({ message }) => `What Layerlab left in the file cannot be read: ${message}`),
  };
}

function attempt<T>(read: () => T): T | { ok: false; problems: readonly Problem[] } {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problems: error.problems };
    throw error;
  }
}

function namedTensors(tensors: readonly FileTensor[]): readonly NamedTensor[] {
  return tensors.flatMap(({ name, shape, values }) => (values === null ? [] : [{ name, shape, values }]));
}
