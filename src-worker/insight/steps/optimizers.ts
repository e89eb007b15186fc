import type { OptimizerKind } from '../../experiment/document';
import type { OptimizerOf } from '../../optimizers/optimizer';
import { derivedLine, literal } from './context';
import { entry, entryLatex, number, term, type Line, type Operand } from './step';

/** One parameter at its update. */
export interface UpdateContext<K extends OptimizerKind = OptimizerKind> {
  readonly optimizer: OptimizerOf<K>;
  readonly W: Operand;
  /** ∂J/∂W as the optimizer gets it, clipped. */
  readonly g: Operand;
  /** An array of the optimizer before the update. */
  slot(name: string): Operand;
  /** The same behind it, as the engine left it. */
  updatedSlot(name: string): Operand;
  /** W behind the update, as the engine left it. */
  readonly updated: Operand;
  readonly t: number;
  readonly regularised: boolean;
}

/** How an optimizer is written down. */
export interface OptimizerSteps<K extends OptimizerKind = OptimizerKind> {
  readonly title: string;
  /** The optimizer's arrays first, then W. */
  lines(update: UpdateContext<K>): Line[];
}

const alpha = (rate: number) => number('-\\alpha', -rate);

/** v ← keep · v + take · g. */
function average(
  update: Pick<UpdateContext, 'slot' | 'updatedSlot' | 'g'>,
  name: string,
  keep: readonly [string, number],
  take: readonly [string, number],
  square = false,
): Line {
  const [before, g] = [update.slot(name), update.g];
  const result = update.updatedSlot(name);
  return {
    result,
    right: [keep[0], before, '+', take[0], g, ...(square ? [`\\circ ${g.symbol}^{${g.sup}}`] : [])],
    explain: (i) => [
      term(number(keep[0], keep[1]), entry(before, i)),
      term(number(take[0], take[1]), entry(g, i), ...(square ? [entry(g, i)] : [])),
    ],
    code: () =>
      `${result.name} = ${literal(keep[1])} * ${before.name} + ${literal(take[1])} * ${g.name}${square ? ' ** 2' : ''}`,
  };
}

/** W ← W − α · what. */
function move({ W, updated }: Pick<UpdateContext, 'W' | 'updated'>, rate: number, along: Operand): Line {
  return {
    result: updated,
    right: [W, '- \\alpha', along],
    explain: (i) => [term(entry(W, i)), term(alpha(rate), entry(along, i))],
    code: () => `${updated.name} = ${W.name} - ${literal(rate)} * ${along.name}`,
  };
}

function adamLines(update: UpdateContext<'adam'> | UpdateContext<'adamw'>, decay: number): Line[] {
  const { optimizer, W, updated, t } = update;
  const { learningRate, beta1, beta2, epsilon } = optimizer;
  const v = average(update, 'v', ['\\beta_1', beta1], ['(1 - \\beta_1)', 1 - beta1]);
  const s = average(update, 's', ['\\beta_2', beta2], ['(1 - \\beta_2)', 1 - beta2], true);
  const corrected = (line: Line, beta: number, index: string, hat: string): Line => {
    const name = `${line.result.name}_hat`;
    const share = number(`\\tfrac{1}{1 - \\beta_${index}^{${t}}}`, 1 / (1 - beta ** t));
    return derivedLine(
      { ...line.result, name, symbol: `\\hat{${hat}}` },
      {
        right: [share.label, line.result],
        explain: (i) => [term(share, entry(line.result, i))],
        code: () => `${name} = ${line.result.name} / (1 - ${beta} ** ${t})`,
      },
    );
  };
  const [vHat, sHat] = [corrected(v, beta1, '1', 'v'), corrected(s, beta2, '2', 's')];
  const shrink = decay === 0 ? [] : [number('(1 - \\alpha w)', 1 - learningRate * decay)];
  const root = (i: number) =>
    number(
      `\\tfrac{1}{\\sqrt{${entryLatex(sHat.result, i)}} + \\varepsilon}`,
      1 / (Math.sqrt(sHat.result.values[i]!) + epsilon),
    );
  return [
    v,
    s,
    vHat,
    sHat,
    {
      result: updated,
      right: [
        ...(decay === 0 ? [] : ['(1 - \\alpha w)']),
        W,
        '- \\alpha',
        vHat.result,
        '\\Big/ \\Bigl( \\sqrt{',
        sHat.result,
        `} + ${epsilon} \\Bigr)`,
      ],
      explain: (i) => [term(...shrink, entry(W, i)), term(alpha(learningRate), entry(vHat.result, i), root(i))],
      code: () =>
        `${updated.name} = ${decay === 0 ? '' : `${1 - learningRate * decay} * `}${W.name} - ${literal(learningRate)} * ${vHat.result.name} / (${sHat.result.name} ** 0.5 + ${epsilon})`,
    },
  ];
}

/** Every optimizer. To add one: an entry here. */
export const optimizerSteps: { readonly [K in OptimizerKind]: OptimizerSteps<K> } = {
  sgd: {
    title: 'A step against the gradient',
    lines: (update) => [move(update, update.optimizer.learningRate, update.g)],
  },
  momentum: {
    title: 'A step along the running average of the gradients',
    lines(update) {
      const { beta, learningRate } = update.optimizer;
      const v = average(update, 'v', ['\\beta', beta], ['(1 - \\beta)', 1 - beta]);
      return [v, move(update, learningRate, v.result)];
    },
  },
  'heavy-ball': {
    title: 'A step along the velocity, to which gradients add up',
    lines(update) {
      const { momentum, learningRate } = update.optimizer;
      const v = average(update, 'v', ['\\mu', momentum], ['1\\cdot', 1]);
      return [v, move(update, learningRate, v.result)];
    },
  },
  nesterov: {
    title: 'A step along the velocity, one step of it ahead',
    lines(update) {
      const { optimizer, W, g, updated } = update;
      const { momentum, learningRate } = optimizer;
      const v = average(update, 'v', ['\\mu', momentum], ['1\\cdot', 1]);
      const line: Line = {
        result: updated,
        right: [W, '- \\alpha \\bigl(', g, '+ \\mu', v.result, '\\bigr)'],
        explain: (i) => [
          term(entry(W, i)),
          term(alpha(learningRate), entry(g, i)),
          term(alpha(learningRate), number('\\mu', momentum), entry(v.result, i)),
        ],
        code: () =>
          `${updated.name} = ${W.name} - ${literal(learningRate)} * (${g.name} + ${literal(momentum)} * ${v.result.name})`,
      };
      return [v, line];
    },
  },
  rmsprop: {
    title: 'A step against the gradient, divided by the root of its mean square',
    lines(update) {
      const { optimizer, W, g, updated } = update;
      const { decay, epsilon, learningRate } = optimizer;
      const s = average(update, 's', ['\\rho', decay], ['(1 - \\rho)', 1 - decay], true);
      const root = (i: number) =>
        number(
          `\\tfrac{1}{\\sqrt{${entryLatex(s.result, i)}} + \\varepsilon}`,
          1 / (Math.sqrt(s.result.values[i]!) + epsilon),
        );
      const line: Line = {
        result: updated,
        right: [W, '- \\alpha', g, '\\Big/ \\Bigl( \\sqrt{', s.result, `} + ${epsilon} \\Bigr)`],
        explain: (i) => [term(entry(W, i)), term(alpha(learningRate), entry(g, i), root(i))],
        code: () =>
          `${updated.name} = ${W.name} - ${literal(learningRate)} * ${g.name} / (${s.result.name} ** 0.5 + ${epsilon})`,
      };
      return [s, line];
    },
  },
  adam: {
    title: 'Averages of the gradient and of its square, corrected for their start at 0',
    lines: (update) => adamLines(update, 0),
  },
  adamw: {
    title: 'Adam, and weights that shrink by a share of their own',
    lines: (update) => adamLines(update, update.regularised ? update.optimizer.weightDecay : 0),
  },
};
