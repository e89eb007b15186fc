import type { StepTrace } from '../step-types';
import { activationLines, deltaLines } from './activation-lines';
import { clipSteps } from './clip';
import { TraceContext, type LayerContext } from './context';
import { layerSteps } from './layers';
import { penaltyCode, penaltyTerms } from './layers/dense';
import type { GradientSteps } from './layers/layer-steps';
import { costLines, exampleWeights, lossSteps, lossUpstream, targets } from './losses';
import { latexOf, type Line, type Step } from './step';
import { updateSteps } from './update-steps';

/**
 * A training step as stops to walk through: the input, z and a of each layer, the cost, delta and gradients of each layer from
 * the last to the first, the update of each parameter. Every number of every line is explained as a sum.
 */
export function stepsOf(trace: StepTrace): Step[] {
  const context = new TraceContext(trace);
  const { layers } = context;
  const steps = [
    inputStep(context),
    ...layers.flatMap(forwardSteps),
    costStep(context),
    ...layers.toReversed().flatMap(backwardSteps),
    ...clipSteps(context),
    ...updateSteps(context),
  ];
  return steps.map((step) => ({
    ...step,
    lines: once(step.lines),
    thetaLines: step.thetaLines && once(step.thetaLines),
  }));
}

/** The arrays of a line are worked out once, when somebody looks. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function inputStep(context: TraceContext): Step {
  const weights = exampleWeights(context);
  return {
    id: 'x',
    chip: 'x',
    ...{ phase: 'forward', layer: null, title: 'What comes in, and what should come out' },
    source: 'CS229 notes, backpropagation §1',
    given: [context.layer(0).input, targets(context), ...(weights === null ? [] : [weights])],
    lines: () => [],
    thetaLines: null,
  };
}

function forwardSteps(layer: LayerContext): Step[] {
  const { spec, activation } = layer.layer;
  const steps = layerSteps[spec.kind];
  const shared = { phase: 'forward', layer: layer.number, given: [] } as const;
  const { theta } = steps;
  const first: Step = {
    ...shared,
    id: layer.z.name,
    chip: latexOf(layer.z),
    title: steps.forwardTitle,
    source: steps.sources.forward,
    lines: () => steps.forward(layer),
    thetaLines: theta === undefined ? null : () => theta.forward(layer),
  };
  if (activation === null) return [first];
  const second: Step = {
    ...shared,
    id: layer.output().name,
    chip: latexOf(layer.output()),
    title: layer.last ? 'The activation of the last layer gives the prediction' : 'The activation',
    source: 'CS229 notes, backpropagation §1',
    lines: () => activationLines(layer),
    thetaLines: null,
  };
  return [first, second];
}

function costStep(context: TraceContext): Step {
  return {
    id: 'cost',
    chip: 'J',
    ...{ phase: 'cost', layer: null, title: 'How wrong the predictions are' },
    source: lossSteps[context.trace.lossKind].source,
    given: [],
    lines: () => costLines(context),
    thetaLines: null,
  };
}

function backwardSteps(layer: LayerContext): Step[] {
  return [deltaStep(layer), ...gradientSteps(layer)];
}

function deltaStep(layer: LayerContext): Step {
  const { trace, layers } = layer.context;
  const shared = { phase: 'backward', layer: layer.number, given: [] } as const;
  const delta = layer.delta();
  if (layer.last) {
    const loss = lossSteps[trace.lossKind];
    const upstream = lossUpstream(layer);
    return {
      ...shared,
      id: delta.name,
      chip: latexOf(delta),
      title: 'How far off each output is',
      source: loss.deltaSource,
      // ŷ − y is delta at once where loss and output activation are made for each other.
      lines: () => deltaLines(layer, upstream, true, loss.straight),
      thetaLines: null,
    };
  }
  const next = layers[layer.index + 1]!;
  const steps = layerSteps[next.layer.spec.kind];
  const flat = next.input.layout === 'columns';
  const { theta } = steps;
  return {
    ...shared,
    id: delta.name,
    chip: latexOf(delta),
    title:
      layer.layer.activation === null ? 'What comes back through the next layer' : 'How much each unit is to blame',
    source: steps.sources.back,
    lines: () => deltaLines(layer, steps.inputGradient(next), flat),
    thetaLines: theta === undefined ? null : () => deltaLines(layer, theta.inputGradient(next), flat),
  };
}

function gradientSteps(layer: LayerContext): Step[] {
  const { trace } = layer.context;
  const steps = layerSteps[layer.layer.spec.kind];
  const { theta } = steps;
  return steps.gradients(layer).map((gradient): Step => {
    const result = layer.gradient(gradient.name);
    return {
      id: result.name,
      chip: latexOf(result),
      ...{ phase: 'backward', layer: layer.number, given: [] },
      title: 'How the cost changes with each parameter',
      source: steps.sources.gradient + (trace.l2 > 0 ? ', CS229 notes (3.37)' : ''),
      lines: () => [gradientLine(layer, gradient)],
      thetaLines: theta === undefined ? null : () => [theta.gradient(layer)],
    };
  });
}

/** The gradient of the data, and what L1 and L2 add to it. */
function gradientLine(layer: LayerContext, gradient: GradientSteps): Line {
  const { trace } = layer.context;
  const result = layer.gradient(gradient.name);
  const W = layer.parameter(gradient.name);
  const { regularised } = layer.layer.parameters.find(({ name }) => name === gradient.name)!;
  const cost = regularised ? trace : { l2: 0, l1: 0 };
  return {
    result,
    right: [
      ...gradient.right,
      ...(cost.l2 > 0 ? ['+ \\lambda', W] : []),
      ...(cost.l1 > 0 ? ['+ \\lambda_1 \\operatorname{sign}', W] : []),
    ],
    ...(gradient.formula === undefined ? {} : { formula: gradient.formula }),
    explain: (i) => [...gradient.terms(i), ...penaltyTerms(cost, W, i)],
    code: (library) => `${result.name} = ${gradient.code(library)}${penaltyCode(cost, W.name, library)}`,
  };
}

export type { Library, Line, Operand, Piece, Step, Term } from './step';
export { coordinates, entryLatex, latexOf } from './step';
