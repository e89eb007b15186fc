import type { Inspection, LayerInspection } from './api';
import type { TrainableData } from './data/prepared';
import type { Engine } from './engines';
import { numbersByClass } from './experiment/class-weights';
import type { Experiment } from './experiment/document';
import { pathTo } from './experiment/findings';
import { nearestName } from './experiment/nearest';
import { parseExperiment } from './experiment/parse';
import { isVaried } from './data/variation';
import { memoryMisfit } from './footprint';
import type { Problem } from './problem';
import { batchMisfits, inspectNetwork } from './shape';

/** What is asked of the data. */
type KnownData = Pick<TrainableData, 'summary' | 'preprocessing'>;

/** What an engine can say of a network's memory. */
export type MemoryKnowledge = Pick<Engine, 'footprint' | 'memoryLimits'>;

/**
 * Shapes, parameter counts, memory and every problem of an experiment on the given data, each with the card it belongs to: the layers'
 * own, and under `problems` those of the document, the loss, the data and the training. Never throws.
 */
export function inspectExperiment(
  experiment: Experiment,
  prepared: KnownData | null,
  engine: MemoryKnowledge,
): Inspection {
  const parsed = parseExperiment(experiment);
  const invalid = parsed.ok ? [] : parsed.problems;
  // Anything else, such as a document that is no object, leaves the network unread.
  const networkIsValid = invalid.every(({ path }) => path !== undefined && /^(name|data|training)\b/.test(path));
  if (prepared === null || !networkIsValid) {
    return withoutShapes(experiment, prepared, prepared === null ? [noData, ...invalid] : invalid);
  }
  const { summary, preprocessing } = prepared;
  const target = { task: summary.task, classes: summary.classes.length };
  const inspection = inspectNetwork(experiment.network, preprocessing.inputShape, target);
  const batch = Math.min(experiment.training.batchSize, summary.parts.train);
  const problems = [
    ...invalid,
    ...inspection.problems,
    ...trainingMisfits(experiment, summary.parts.train),
    ...stoppingMisfits(experiment, summary.parts.dev),
    ...classWeightMisfits(experiment, summary.classes),
    ...(batch > 0 ? batchMisfits(experiment.network, preprocessing.inputShape, batch) : []),
  ];
  const checked = { ...inspection, problems, ready: inspection.ready && problems.length === 0 };
  return checked.ready ? withMemory(checked, experiment, prepared, engine) : checked;
}

/** What the network takes, and on the card of what has to be lowered that it is too much. */
function withMemory(
  inspection: Inspection,
  { network, training, data }: Experiment,
  { summary: { parts, task }, preprocessing: { inputShape, pixels } }: KnownData,
  engine: MemoryKnowledge,
): Inspection {
  const request = { network, training, inputShape };
  const weighted = training.classWeights !== 'none' && task !== 'regression';
  const memory = engine.footprint(request, {
    counts: parts,
    images: pixels !== null,
    weighted,
    varied: isVaried(data.augmentation),
  });
  const misfit = memoryMisfit(memory, engine.memoryLimits(), request);
  if (misfit === null) return { ...inspection, memory };
  const { problem, layer } = misfit;
  const layers = inspection.layers.map((card, index) =>
    index === layer ? { ...card, problems: [...card.problems, problem] } : card,
  );
  const problems = layer === null ? [...inspection.problems, problem] : inspection.problems;
  return { ...inspection, memory, layers, problems, ready: false };
}

/** Everything that stands in the way of a build, those of the layers last. */
export function problemsOf(inspection: Inspection): readonly Problem[] {
  return [...inspection.problems, ...inspection.layers.flatMap((layer) => layer.problems)];
}

export const noData: Problem = {
  code: 'trainer/no-data',
  message: 'No data is loaded.',
  hint: 'Load a file or choose a sample.',
  path: 'data.source',
};

export const otherData: Problem = {
  code: 'trainer/other-data',
  message: 'The data were prepared with other settings than the experiment names.',
  hint: 'Prepare the data with the settings of the experiment, then build again.',
  path: 'data',
};

/** Cards with nothing but their own problems. */
function withoutShapes(experiment: Experiment, prepared: KnownData | null, problems: readonly Problem[]): Inspection {
  // The document may be anything here: it has not passed the parser.
  const given: unknown = (experiment as Partial<Experiment> | null)?.network?.layers;
  const prefix = (index: number): string => `network.layers[${index}]`;
  const belongsTo = (problem: Problem, index: number): boolean =>
    problem.path === prefix(index) || problem.path?.startsWith(`${prefix(index)}.`) === true;
  const layers = (Array.isArray(given) ? given : []).map((_, index): LayerInspection => ({
    inputShape: null,
    outputShape: null,
    parameters: 0,
    parameterFormula: '',
    problems: problems.filter((problem) => belongsTo(problem, index)),
  }));
  return {
    inputShape: prepared?.preprocessing.inputShape ?? [],
    layers,
    parameters: 0,
    outputs: 0,
    memory: null,
    problems: problems.filter((problem) => !layers.some((_, index) => belongsTo(problem, index))),
    ready: false,
  };
}

function stoppingMisfits({ training: { earlyStopping } }: Experiment, examples: number): readonly Problem[] {
  if (!earlyStopping || examples > 0) return [];
  return [
    {
      code: 'training/no-dev-part',
      message: 'Early stopping looks at the dev loss, but the split leaves no dev part.',
      hint: 'Give the dev part a share of the split, or train without early stopping.',
      path: 'training.earlyStopping',
    },
  ];
}

/** A weight for a class that the data do not have would be without effect, and nobody would notice a slip of the finger. */
function classWeightMisfits({ training }: Experiment, classes: readonly string[]): readonly Problem[] {
  if (classes.length === 0) return [];
  const names = Object.keys(numbersByClass(training.classWeights) ?? {});
  return names
    .filter((name) => !classes.includes(name))
    .map((name) => {
      const nearest = nearestName(name, classes);
      return {
        code: 'training/unknown-class',
        message: `The class weights name “${name}”, which is no class of the data.`,
        hint: nearest === null ? 'Take its weight out.' : `Did you mean “${nearest}”? Otherwise take its weight out.`,
        path: pathTo('training.classWeights', name),
      };
    });
}

function trainingMisfits({ training: { batchSize } }: Experiment, examples: number): readonly Problem[] {
  if (examples === 0) {
    return [
      {
        code: 'training/no-examples',
        message: 'The split leaves no example to train on.',
        hint: 'Give the training part a larger share, or use more rows.',
        path: 'data.split.train',
      },
    ];
  }
  if (Number.isSafeInteger(batchSize) && batchSize > examples) {
    return [
      {
        code: 'training/batch-too-large',
        message: `A batch of ${batchSize} does not fit: the training part has ${examples} examples.`,
        hint: `Make training.batchSize at most ${examples}; the whole part is gradient descent.`,
        path: 'training.batchSize',
      },
    ];
  }
  return [];
}
