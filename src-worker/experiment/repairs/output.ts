import { activations } from '../../activations';
import { activationOf } from '../../layers';
import { losses, type LossDefinition } from '../../losses';
import type { DenseSpec, Experiment } from '../document';
import { isEnabled } from '../enabled';
import { outputFor, type OutputTarget } from '../layer-specs';
import { withLayer, withNetwork, type Mender, type Repair, type RepairContext } from './repair';

/** The output layer against the data and the loss. */

/** Other units for the layer that is the output, or the whole output as the data ask for it. */
export const mendOutputs: Mender = (_problem, context) => [...setUnits(context), ...fitOutput(context)];

export const mendLossTask: Mender = (_problem, context) => fitOutput(context);

/** The loss that goes with the activation, or the activation that goes with the loss. */
export const mendLossActivation: Mender = (_problem, context) => {
  const { document, target } = context;
  const output = outputOf(document);
  if (output === null) return fitOutput(context);
  const { layer, index } = output;
  const natural = outputFor(target).loss;
  const fitting = Object.values<LossDefinition>(losses)
    .filter(({ activations: allowed, tasks }) => allowed.includes(layer.activation) && tasks.includes(target.task))
    .sort((one, other) => Number(other.kind === natural) - Number(one.kind === natural));
  const other: LossDefinition = losses[document.network.loss];
  const byLoss = fitting.map(({ kind, label }) => ({
    label: `Use ${label} as the loss`,
    document: withNetwork(document, { loss: kind }),
  }));
  const byActivation = other.activations.slice(0, 1).map((activation) => ({
    label: `Give the output ${activations[activation].label}`,
    document: withLayer(document, index, { ...layer, activation }),
  }));
  const lossFirst = fitting[0]?.kind === natural;
  return [...(lossFirst ? byLoss : []), ...byActivation, ...(lossFirst ? [] : byLoss), ...fitOutput(context)];
};

/** A dense layer for the output behind all others. */
export const addOutput: Mender = (_problem, { document, target }) => {
  const { layer, loss } = outputFor(target);
  return [
    {
      label: `Add an output layer of ${describeUnits(layer.units)}`,
      document: withNetwork(document, { layers: [...document.network.layers, layer], loss }),
    },
  ];
};

function setUnits({ document, target }: RepairContext): readonly Repair[] {
  const output = outputOf(document);
  if (output === null) return [];
  const units = unitsFor(target, activationOf(output.layer) === 'softmax' || document.network.loss === 'cross-entropy');
  return [
    {
      label: `Set units to ${units}`,
      document: withLayer(document, output.index, { ...output.layer, units }),
    },
  ];
}

/** Units, activation and loss that belong to the task; behind a layer that is not dense, a layer for them. */
function fitOutput(context: RepairContext): readonly Repair[] {
  const { document, target } = context;
  const output = outputOf(document);
  if (output === null) return addOutput({ code: '', message: '', hint: '' }, context);
  const { layer, loss } = outputFor(target);
  const fitted: DenseSpec = { ...output.layer, units: layer.units, activation: layer.activation };
  const words = [describeUnits(layer.units), activations[layer.activation].label, losses[loss].label];
  return [
    {
      label: `Fit the output to the data: ${words.join(', ')}`,
      document: withNetwork(withLayer(document, output.index, fitted), { loss }),
    },
  ];
}

/** The last layer that is on, where it is dense. */
function outputOf({ network: { layers } }: Experiment): { readonly layer: DenseSpec; readonly index: number } | null {
  const index = layers.findLastIndex(isEnabled);
  const layer = layers[index];
  return layer?.kind === 'dense' ? { layer, index } : null;
}

function unitsFor({ task, classes }: OutputTarget, oneForEachClass: boolean): number {
  if (task === 'multi-class') return classes;
  return task === 'binary' && oneForEachClass ? 2 : 1;
}

const describeUnits = (units: number): string => `${units} ${units === 1 ? 'unit' : 'units'}`;
