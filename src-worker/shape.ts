import { activations } from './activations';
import type { Inspection, LayerInspection, Task } from './api';
import type { ActivationKind, LayerKind, LayerSpec, NetworkSpec } from './experiment/document';
import { isEnabled } from './experiment/enabled';
import { activationOf, layers as allLayers, type LayerDefinition, type LayerPlace, type ParameterSpec } from './layers';
import { losses } from './losses';
import { ProblemError, type Problem } from './problem';
import { createRandom } from './random';
import { sizeOf, type Shape } from './tensor';

/** The layer registry as code sees it that treats all kinds alike. */
export type LayerRegistry = { readonly [K in LayerKind]: LayerDefinition<K> };

/** What the data ask of the network's output. */
export interface Target {
  readonly task: Task;
  /** Number of classes; 0 for regression. */
  readonly classes: number;
}

/** A parameter with its name in the whole network, such as `W1`. */
export interface ResolvedParameter extends ParameterSpec {
  readonly fullName: string;
}

/** A layer that fits its place: what both backends compile from. */
export interface ResolvedLayer {
  /** From 1, counting every layer of the document, those that are switched off too: it never changes by switching one off. */
  readonly number: number;
  readonly definition: LayerDefinition;
  readonly place: LayerPlace;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly activation: ActivationKind | null;
  readonly parameters: readonly ResolvedParameter[];
  /** See `LayerResources.key`. */
  readonly key: number;
}

/** More than these do not fit beside their gradients into the 4 GiB that WebAssembly can address. */
const MOST_PARAMETERS = 200_000_000;

/**
 * The layers of a network with every shape known.
 * @throws ProblemError if a layer does not fit what comes before it, or there is none
 */
export function resolveNetwork(network: NetworkSpec, inputShape: Shape, registry?: LayerRegistry): ResolvedLayer[] {
  const placed = placeLayers(network, inputShape, registry);
  const [first, ...rest] = [...placed.flatMap((layer) => layer.problems), ...withoutLayers(network)];
  if (first !== undefined) throw new ProblemError(first, ...rest);
  return placed.flatMap(({ resolved }) => resolved ?? []);
}

/**
 * Shapes, parameter counts and every problem, card by card: what the pipeline shows while a person edits.
 * @param target what the data ask for; null leaves out the checks against them
 * @returns without the memory, which depends on backend and data; never throws for kinds that are registered, whatever the numbers; values behind a misfit are null
 */
export function inspectNetwork(network: NetworkSpec, inputShape: Shape, target: Target | null = null): Inspection {
  const placed = placeLayers(network, inputShape);
  const last = placed.findLast(({ spec }) => isEnabled(spec));
  const outputs = last?.resolved ? sizeOf(last.resolved.outputShape) : 0;
  const parameters = placed.reduce((sum, { resolved }) => sum + countParameters(resolved), 0);
  const outputProblems = last?.resolved ? lastLayerMisfits(network, last.resolved, outputs, target) : [];
  const problems = [
    ...withoutLayers(network),
    ...lossMisfits(network, last, target),
    ...(parameters > MOST_PARAMETERS ? [tooManyParameters(parameters)] : []),
  ];
  const cards: LayerInspection[] = placed.map(({ spec, inputShape, resolved, problems }) => ({
    inputShape,
    outputShape: isEnabled(spec) ? (resolved?.outputShape ?? null) : inputShape,
    parameters: countParameters(resolved),
    parameterFormula: resolved ? resolved.definition.parameterFormula(resolved.place) : '',
    problems: resolved !== null && resolved === last?.resolved ? [...problems, ...outputProblems] : problems,
  }));
  const ready = problems.length === 0 && cards.every((card) => card.outputShape !== null && card.problems.length === 0);
  return { inputShape, layers: cards, parameters, outputs, memory: null, problems, ready };
}

/** The layer that asks for the largest batch, where this one is too small for it. */
export function batchMisfits(network: NetworkSpec, inputShape: Shape, batchSize: number): Problem[] {
  const fewestOf = ({ resolved }: PlacedLayer): number => resolved?.definition.minimumBatch?.(resolved.place) ?? 1;
  const [most] = placeLayers(network, inputShape).sort((one, other) => fewestOf(other) - fewestOf(one));
  if (most === undefined || batchSize >= fewestOf(most)) return [];
  const fewest = fewestOf(most);
  return [
    {
      code: 'training/batch-too-small',
      message: `${most.name} expects batches of at least ${fewest} examples to compare, but a batch has ${batchSize}.`,
      hint: `Make training.batchSize at least ${fewest}, or take the layer out.`,
      path: 'training.batchSize',
    },
  ];
}

interface PlacedLayer {
  readonly spec: LayerSpec;
  readonly name: string;
  readonly inputShape: Shape | null;
  readonly resolved: ResolvedLayer | null;
  readonly problems: readonly Problem[];
}

/** Walks down the layers; below the first that does not fit, shapes are unknown and nothing is blamed twice. */
function placeLayers(network: NetworkSpec, inputShape: Shape, registry: LayerRegistry = allLayers): PlacedLayer[] {
  let shape: Shape | null = inputShape;
  return network.layers.map((layer, index): PlacedLayer => {
    const before = shape;
    const definition: LayerDefinition = registry[layer.kind];
    const number = index + 1;
    const name = `Layer ${number} (${definition.label.toLowerCase()})`;
    const unresolved = { spec: layer, name, inputShape: before, resolved: null };
    if (before === null || !isEnabled(layer)) return { ...unresolved, problems: [] };
    shape = null;
    const place = { layer, name, path: `network.layers[${index}]`, inputShape: before };
    const output = definition.outputShape(place);
    if (!output.ok) return { ...unresolved, problems: output.problems };
    shape = output.value;
    const parameters = definition
      .parameters(place)
      .map((parameter) => ({ ...parameter, fullName: `${parameter.name}${number}` }));
    const resolved: ResolvedLayer = {
      number,
      definition,
      place,
      inputShape: before,
      outputShape: output.value,
      activation: activationOf(layer),
      parameters,
      key: createRandom(network.seed, 'layer', String(number)).integer(2 ** 32),
    };
    return { ...unresolved, resolved, problems: [] };
  });
}

function countParameters(layer: ResolvedLayer | null): number {
  const trained = layer?.parameters.filter((parameter) => parameter.trained) ?? [];
  return trained.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

function withoutLayers(network: NetworkSpec): Problem[] {
  if (network.layers.some(isEnabled)) return [];
  const none = network.layers.length === 0;
  return [
    {
      code: 'network/no-layers',
      message: none ? 'The network has no layers.' : 'Every layer of the network is switched off.',
      hint: none ? 'Add a dense layer for the output.' : 'Switch one on, or add a dense layer for the output.',
      path: 'network.layers',
    },
  ];
}

function tooManyParameters(parameters: number): Problem {
  return {
    code: 'network/too-large',
    message: `The network has ${parameters.toLocaleString('en')} parameters; at most ${MOST_PARAMETERS.toLocaleString('en')} fit into memory.`,
    hint: 'Give its widest layers fewer units.',
    path: 'network.layers',
  };
}

/** The loss against the output's activation and against the task: they belong to no single card. */
function lossMisfits(network: NetworkSpec, last: PlacedLayer | undefined, target: Target | null): Problem[] {
  const loss = losses[network.loss];
  const problems: Problem[] = [];
  if (target !== null && !loss.tasks.includes(target.task)) {
    const fitting = Object.values(losses).filter((other) => other.tasks.includes(target.task));
    problems.push({
      code: 'network/loss-task',
      message: `${loss.label} expects classes, but the target is a number.`,
      hint: `Choose ${listOf(fitting.map((other) => other.label))} as the loss, or another target.`,
      path: 'network.loss',
    });
  }
  if (last === undefined || last.resolved?.definition.notLast !== undefined) return problems;
  const { name, spec } = last;
  const activation = activationOf(spec) ?? 'identity';
  if (!loss.activations.includes(activation) && activationOf(spec) === null) {
    const wanted = listOf(labels(loss.activations));
    problems.push({
      code: 'network/loss-activation',
      message: `${loss.label} expects ${wanted} in the last layer, but ${name} has no activation.`,
      hint: `Put a dense layer with the activation ${wanted} behind it, or choose another loss.`,
      path: 'network.loss',
    });
  } else if (!loss.activations.includes(activation)) {
    const fitting = Object.values(losses).filter(
      (other) => other.activations.includes(activation) && (target === null || other.tasks.includes(target.task)),
    );
    problems.push({
      code: 'network/loss-activation',
      message: `${loss.label} expects ${listOf(labels(loss.activations))} in the last layer, but ${name} has ${activations[activation].label}.`,
      hint: `Give ${name} the activation ${listOf(labels(loss.activations))}, or choose ${listOf(fitting.map((other) => other.label))} as the loss.`,
      path: 'network.loss',
    });
  }
  return problems;
}

/** Named on the last layer's card: one that cannot be the last is not asked for its outputs. */
function lastLayerMisfits(
  network: NetworkSpec,
  last: ResolvedLayer,
  outputs: number,
  target: Target | null,
): Problem[] {
  const { definition, place } = last;
  if (definition.notLast === undefined) return outputMisfits(network, last, outputs, target);
  return [
    {
      code: 'network/not-last',
      message: `${place.name} is the last layer, where ${definition.notLast}.`,
      hint: 'Put a dense layer for the output behind it, or take it out.',
      path: place.path,
    },
  ];
}

/** The last layer against its loss and the data. */
function outputMisfits(network: NetworkSpec, last: ResolvedLayer, outputs: number, target: Target | null): Problem[] {
  const { name, path } = last.place;
  const loss = losses[network.loss];
  if (target !== null) {
    const expected = expectedOutputs(target, last.activation, loss.minimumOutputs);
    if (expected.includes(outputs)) return [];
    const purpose = target.task === 'regression' ? 'one number' : `${target.classes} classes`;
    return [
      {
        code: 'network/outputs',
        message: `${name} expects ${expected.join(' or ')} ${plural(expected.at(-1)!)} to predict ${purpose}, but has ${outputs}.`,
        ...wayOut(last, expected[0]!),
      },
    ];
  }
  const fewest = Math.max(loss.minimumOutputs, last.activation === 'softmax' ? 2 : 1);
  if (outputs >= fewest) return [];
  return [
    {
      code: 'network/outputs',
      message: `${name} expects at least ${fewest} units with ${last.activation === 'softmax' ? 'Softmax' : loss.label}, but has ${outputs}.`,
      ...('units' in last.place.layer
        ? { hint: `Give ${name} one unit for each class.`, path: `${path}.units` }
        : { hint: 'Add a dense layer with one unit for each class behind it.', path }),
    },
  ];
}

/** How the output layer comes to have that many outputs: by its units, or by a dense layer behind one that has none. */
function wayOut({ place: { layer, name, path } }: ResolvedLayer, outputs: number): Pick<Problem, 'hint' | 'path'> {
  if ('units' in layer) return { hint: `Set the units of ${name} to ${outputs}.`, path: `${path}.units` };
  return { hint: `Add a dense layer with ${outputs} ${plural(outputs)} behind it.`, path };
}

/** How many outputs fit, the natural number first. Softmax over a single unit is 1 whatever comes in, so it never fits. */
function expectedOutputs(target: Target, activation: ActivationKind | null, minimumOutputs: number): number[] {
  const natural = { regression: [1], binary: [1, 2], 'multi-class': [target.classes] }[target.task];
  const fewest = Math.max(minimumOutputs, activation === 'softmax' ? 2 : 1);
  const fitting = natural.filter((outputs) => outputs >= fewest);
  return fitting.length > 0 ? fitting : natural;
}

const labels = (kinds: readonly ActivationKind[]): string[] => kinds.map((kind) => activations[kind].label);
const listOf = (words: readonly string[]): string => words.join(' or ');
const plural = (count: number): string => (count === 1 ? 'unit' : 'units');
