import type { DataSpec, Experiment, LayerSpec } from '../../src-worker/api';
import { withEnabled } from '../../src-worker/experiment/enabled';
import type { Random } from '../../src-worker/random';
import { withExcluded, withPutBack, withTarget } from '../state/example-edits';
import type { Entrance } from '../state/subject';
import { unwrap, type Session } from './session';

/** An edit as a person makes one; some leave everything as it is, and some make a document that cannot be trained. */
type RandomEdit = (session: Session, random: Random) => void | Promise<void>;

/** Of the sample that sessions train on. */
const EXAMPLES = 90;

const ofDocument =
  (change: (document: Experiment, random: Random) => Experiment): RandomEdit =>
  ({ experiment }, random) =>
    experiment.edit('edit', (document) => change(document, random));

const ofLayers = (change: (layers: readonly LayerSpec[], random: Random) => readonly LayerSpec[]): RandomEdit =>
  ofDocument((document, random) => {
    const layers = change(document.network.layers, random);
    return layers === document.network.layers ? document : { ...document, network: { ...document.network, layers } };
  });

const ofTraining = (change: (random: Random) => Partial<Experiment['training']>): RandomEdit =>
  ofDocument((document, random) => ({ ...document, training: { ...document.training, ...change(random) } }));

const ofData = (change: (data: DataSpec, random: Random) => DataSpec): RandomEdit =>
  ofDocument((document, random) => {
    const data = change(document.data, random);
    return data === document.data ? document : { ...document, data };
  });

const enter = ({ experiment }: Session, enters: Entrance): void =>
  experiment.edit('enter', (document) => document, { enters });

const dense = (random: Random): LayerSpec => ({
  ...{ kind: 'dense', units: 1 + random.integer(8), activation: 'tanh', initializer: { kind: 'xavier-normal' } },
});

/** One of the hidden layers; without any, the layers stay as they are. */
const atHidden = (change: (layers: readonly LayerSpec[], at: number, random: Random) => readonly LayerSpec[]) =>
  ofLayers((layers, random) =>
    layers.length === 1 ? layers : change(layers, random.integer(layers.length - 1), random),
  );

const EDITS: readonly RandomEdit[] = [
  ofLayers((layers, random) => layers.toSpliced(random.integer(layers.length), 0, dense(random))),
  atHidden((layers, at) => layers.toSpliced(at, 1)),
  atHidden((layers, at, random) => layers.with(at, dense(random))),
  atHidden((layers, at) => layers.with(at, withEnabled(layers[at]!, layers[at]!.enabled === false))),
  ofLayers((layers) => [...layers.slice(0, -1).reverse(), layers.at(-1)!]),
  ofLayers((layers) => layers.with(-1, { ...layers.at(-1)!, units: 7 } as LayerSpec)),
  ofTraining((random) => ({ optimizer: { kind: 'sgd', learningRate: 0.001 * (1 + random.integer(9)) } })),
  ofTraining(() => ({ optimizer: { kind: 'momentum', learningRate: 0.01, beta: 0.9 } })),
  ofTraining((random) => ({ batchSize: 4 + random.integer(20) })),
  ofTraining((random) => ({ l2: random.uniform() / 100 })),
  ofTraining((random) => ({ classWeights: random.integer(2) === 0 ? 'balanced' : 'none' })),
  ofTraining((random) => ({ earlyStopping: random.integer(2) === 0 ? null : { patience: 2, minimumImprovement: 0 } })),
  ofDocument((document, random) => ({ ...document, name: `name ${random.integer(100)}` })),
  ofData((data, random) => ({ ...data, split: { ...data.split, seed: random.integer(100) } })),
  ofData((data, random) => withExcluded(data, random.integer(EXAMPLES))),
  ofData((data) => (data.excluded.length === 0 ? data : withPutBack(data, data.excluded[0]!))),
  ({ experiment, trainer }, random) => {
    const { classes } = unwrap(trainer.moment());
    const target = [...classes, null][random.integer(classes.length + 1)]!;
    const place = random.integer(EXAMPLES);
    experiment.edit('relabel', (document) => {
      const data = withTarget(document.data, place, target);
      return data === document.data ? document : { ...document, data };
    });
  },
  (session) => enter(session, { kind: 'initial' }),
  (session) => enter(session, { kind: (session.run.progress?.best ?? null) === null ? 'initial' : 'best' }),
  (session, random) => {
    const parameters = unwrap(session.trainer.parameters());
    const { name, values } = parameters[random.integer(parameters.length)]!;
    enter(session, { kind: 'parameter', edit: { name, index: random.integer(values.length), value: random.normal() } });
  },
  async ({ checkpoints }, random) => {
    const { list } = checkpoints;
    if (list.length > 0) await checkpoints.restore(list[random.integer(list.length)]!);
  },
];

/** Makes one of them. */
export async function editAtRandom(session: Session, random: Random): Promise<void> {
  await EDITS[random.integer(EDITS.length)]!(session, random);
}
