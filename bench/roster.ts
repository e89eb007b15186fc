import type { BenchBrowser } from './browser';
import type { Runner } from './contract';
import { nodeRunner } from './node/runner';
import { pagePeers } from './peers';
import { versionsOf, type Interpreter, type PythonModule } from './python/interpreters';
import { pythonRunner, type PythonRunner } from './python/runner';

/** Who takes part: every runner with the family by which `--peer` and a suite choose it. */
export interface Entrant {
  readonly family: string;
  readonly runner: Runner;
}

export interface Roster {
  /** Ourselves first. */
  readonly entrants: readonly Entrant[];
  /** Peers that would take part on another machine, each a line with the reason. */
  readonly missing: readonly string[];
  /** Ends the processes that stay between workloads. */
  end(): void;
}

/** Ourselves: every ratio is of this one. */
export const OURS = 'layerlab';

interface PythonFamily {
  readonly family: string;
  readonly title: string;
  readonly needs: PythonModule;
  /** Module of bench/python. */
  readonly module: string;
}

const pythonFamilies: readonly PythonFamily[] = [
  { family: 'pytorch', title: 'PyTorch', needs: 'torch', module: 'torch_peer' },
  { family: 'numpy', title: 'NumPy', needs: 'numpy', module: 'numpy_peer' },
  { family: 'scikit-learn', title: 'scikit-learn', needs: 'sklearn', module: 'sklearn_peer' },
  { family: 'pandas', title: 'pandas', needs: 'pandas', module: 'pandas_peer' },
];

/** What `--peer` may name. */
export const families: readonly string[] = [
  ...Object.keys(pagePeers),
  'layerlab-1',
  'layerlab-node',
  ...pythonFamilies.map(({ family }) => family),
];

export interface Places {
  readonly page: BenchBrowser;
  readonly root: string;
  /** Script of the peers that run on Node. */
  readonly nodeScript: string;
  /** A folder for the data of the Python peers. */
  readonly scratch: string;
  readonly interpreters: readonly Interpreter[];
}

/** @param threads the most that a peer gets; those that can choose also run on one */
export function gather({ page, root, nodeScript, scratch, interpreters }: Places, threads: number): Roster {
  const counts = threads === 1 ? [1] : [threads, 1];
  const inPage = Object.keys(pagePeers).map((peer): Entrant => ({
    family: peer,
    runner: page.runner(peer, peer, threads),
  }));
  const alone: Entrant[] =
    threads === 1 ? [] : [{ family: 'layerlab-1', runner: page.runner('layerlab-1', 'layerlab', 1) }];
  const onNode: Entrant = {
    family: 'layerlab-node',
    runner: nodeRunner('layerlab-node', 'layerlab', threads, nodeScript, root),
  };
  const python = pythonFamilies.flatMap(({ family, needs, module }) =>
    versionsOf(needs, interpreters).flatMap(({ executable, modules }) =>
      counts.map((count): { family: string; runner: PythonRunner } => {
        const name = `${family}-${modules[needs]}-${count}`;
        return { family, runner: pythonRunner({ name, module, executable, threads: count }, root, scratch) };
      }),
    ),
  );
  const missing = pythonFamilies
    .filter(({ family }) => !python.some((entrant) => entrant.family === family))
    .map(({ title, needs }) => `${title}: no python3 here has ${needs}`);
  const [ours, ...others] = inPage;
  return {
    entrants: [...(ours === undefined ? [] : [ours]), ...alone, onNode, ...others, ...python],
    missing: [...missing, 'TensorFlow Playground: its engine is published in no package'],
    end: () => python.forEach(({ runner }) => runner.end()),
  };
}
