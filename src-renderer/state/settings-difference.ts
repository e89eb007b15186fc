import type { Experiment } from '../../src-worker/api';

/** One setting in which some runs differ. */
export interface Difference {
  /** As the document calls it: `network.layers[0].units`. */
  readonly path: string;
  /** Of each run, in their order; a dash where it has none. */
  readonly values: readonly string[];
}

/** Everything in which two or more documents differ, but their names. */
export function differences(documents: readonly Experiment[]): readonly Difference[] {
  const settings = documents.map(({ data, network, training }) => {
    const found = new Map<string, string>();
    collect({ data, network, training }, '', found);
    return found;
  });
  const paths = new Set(settings.flatMap((each) => [...each.keys()]));
  return [...paths]
    .map((path) => ({ path, values: settings.map((each) => each.get(path) ?? '–') }))
    .filter(({ values }) => new Set(values).size > 1);
}

function collect(value: unknown, path: string, found: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    found.set(path, value === null ? 'none' : typeof value === 'number' ? value.toLocaleString('en') : String(value));
  } else if (Array.isArray(value)) {
    // A long list, such as that of the rows left out, says how long it is.
    if (value.length > 50) found.set(path, `${value.length.toLocaleString('en')} entries`);
    else value.forEach((each, index) => collect(each, `${path}[${index}]`, found));
  } else {
    for (const [key, each] of Object.entries(value)) collect(each, path === '' ? key : `${path}.${key}`, found);
  }
}
