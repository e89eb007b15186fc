import type { Experiment, LayerSpec, NetworkSpec } from './document';
import { lossFor } from './defaults';

/** An experiment around a network that was trained elsewhere. */
export interface Adopted {
  readonly experiment: Experiment;
  /** What had to be changed for the data's task; null where nothing. */
  readonly note: string | null;
}

/**
 * The suggested experiment of the data with another network. Networks for classes often end before their softmax or sigmoid, because
 * other programs count that to the loss; here it belongs to the last layer.
 *
 * @param suggested as for the data: its own last layer says what its task asks for
 */
export function adoptNetwork(suggested: Experiment, network: NetworkSpec): Adopted {
  const wanted = suggested.network.loss;
  const last = network.layers.at(-1);
  const bare = last?.kind === 'dense' && last.activation === 'identity' && wanted !== 'squared';
  const ending: LayerSpec | undefined = bare ? { ...last, activation: last.units === 1 ? 'sigmoid' : 'softmax' } : last;
  const layers = ending === undefined ? [] : [...network.layers.slice(0, -1), ending];
  const experiment = { ...suggested, network: { ...network, layers, loss: lossFor(layers) } };
  if (!bare || ending?.kind !== 'dense') return { experiment, note: null };
  return {
    experiment,
    note: `The last layer has the activation ${ending.activation} now, which other programs count to the loss: answers are the same, and outputs are probabilities.`,
  };
}
