import { euclideanShare } from './clip';
import { normalising } from './layers/batch-norm';
import { clippedGradient } from './clip';
import { literal, type LayerContext, type TraceContext } from './context';
import { optimizerSteps, type OptimizerSteps, type UpdateContext } from './optimizers';
import { entry, latexOf, number, term, type Line, type Operand, type Step } from './step';

/** One step per parameter: how the optimizer moves it. */
export function updateSteps(context: TraceContext): Step[] {
  const { trace } = context;
  const clipped = euclideanShare(trace) < 1;
  const definition = optimizerSteps[trace.optimizer.kind] as OptimizerSteps;
  return context.layers.flatMap((layer) => {
    const trained = layer.layer.parameters.filter(({ trained }) => trained);
    const steps = trained.map(({ name, regularised }): Step => {
      const W = layer.parameter(name);
      const g = clipped ? clippedGradient(layer, name).result : layer.gradient(name);
      const slot = (tensorName: string, updated: boolean): Operand => {
        const key = `${tensorName}.${W.name}`;
        const { values } = updated ? context.updated(key) : context.tensor(key);
        const sup = `${W.sup}${updated ? '\\text{new}' : ''}`;
        // In braces: an index of its own follows.
        const own = `{${tensorName}_{${W.symbol}}}`;
        return { ...W, name: `${tensorName}_${W.name}${updated ? '_new' : ''}`, symbol: own, sup, values };
      };
      const update: UpdateContext = {
        optimizer: trace.optimizer,
        ...{ W, g, regularised, t: trace.t },
        slot: (key) => slot(key, false),
        updatedSlot: (key) => slot(key, true),
        updated: renewed(context, W),
      };
      return {
        id: `update ${W.name}`,
        chip: `${latexOf(W)} \\leftarrow`,
        ...{ phase: 'update', layer: layer.number, title: definition.title, source: trace.optimizer.kind },
        given: [],
        lines: () => definition.lines(update),
        thetaLines: null,
      };
    });
    return [...steps, ...statisticsStep(layer)];
  });
}

function renewed(context: TraceContext, before: Operand): Operand {
  const { values } = context.updated(before.name);
  return { ...before, name: `${before.name}_new`, sup: `${before.sup}\\text{new}`, values };
}

/** What a batch norm keeps for after training: a running mean and variance. */
function statisticsStep(layer: LayerContext): Step[] {
  const { spec, inputShape, number: l } = layer.layer;
  const n = inputShape.slice(1).reduce((product, size) => product * size, layer.context.m);
  // A single number says nothing of the spread: the running statistics stay.
  if (spec.kind !== 'batch-norm' || n === 1) return [];
  const { decay } = spec;
  const line = (name: 'mean' | 'variance', ofBatch: Operand): Line => {
    const before = layer.parameter(name);
    const result = renewed(layer.context, before);
    return {
      result,
      right: ['\\rho', before, '+ (1 - \\rho)', ofBatch],
      explain: (c) => [
        term(number('\\rho', decay), entry(before, c)),
        term(number('(1 - \\rho)', 1 - decay), entry(ofBatch, c)),
      ],
      code: () => `${result.name} = ${literal(decay)} * ${before.name} + ${literal(1 - decay)} * ${ofBatch.name}`,
    };
  };
  return [
    {
      id: `update mean${l}`,
      chip: `\\bar{\\mu}^{[${l}]}, \\bar{\\sigma}^{2[${l}]} \\leftarrow`,
      ...{ phase: 'update', layer: l, title: 'What stays of mean and variance for after training' },
      source: 'Ioffe, Szegedy 2015, algorithm 2',
      given: [],
      lines: () => {
        const { mu, variance } = normalising(layer);
        return [line('mean', mu.result), line('variance', variance.result)];
      },
      thetaLines: null,
    },
  ];
}
