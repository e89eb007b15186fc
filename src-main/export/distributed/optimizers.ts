import type { OptimizerKind, OptimizerSpec } from '../../../src-worker/experiment/document';
import { pythonNumber } from '../python/literals';

type Of<K extends OptimizerKind> = Extract<OptimizerSpec, { kind: K }>;

/** An update in PyTorch, term by term that of src-worker/optimizers: arrays that it keeps, and its lines over W, g, rate and t. */
interface TorchRule {
  readonly slots: readonly string[];
  readonly lines: readonly string[];
}

const n = pythonNumber;

const adam = ({ beta1, beta2, epsilon }: Of<'adam'> | Of<'adamw'>): readonly string[] => [
  `v.mul_(${n(beta1)}).add_(g, alpha=1 - ${n(beta1)})`,
  `s.mul_(${n(beta2)}).addcmul_(g, g, value=1 - ${n(beta2)})`,
  `v_hat = v / (1 - ${n(beta1)} ** self.t)`,
  `s_hat = s / (1 - ${n(beta2)} ** self.t)`,
  `W.sub_(rate * v_hat / (s_hat.sqrt() + ${n(epsilon)}))`,
];

const rules: { readonly [K in OptimizerKind]: (optimizer: Of<K>) => TorchRule } = {
  sgd: () => ({ slots: [], lines: ['W.sub_(rate * g)'] }),
  momentum: ({ beta }) => ({
    slots: ['v'],
    lines: [`v.mul_(${n(beta)}).add_(g, alpha=1 - ${n(beta)})`, 'W.sub_(rate * v)'],
  }),
  'heavy-ball': ({ momentum }) => ({ slots: ['v'], lines: [`v.mul_(${n(momentum)}).add_(g)`, 'W.sub_(rate * v)'] }),
  nesterov: ({ momentum }) => ({
    slots: ['v'],
    lines: [`v.mul_(${n(momentum)}).add_(g)`, `W.sub_(rate * (g + ${n(momentum)} * v))`],
  }),
  rmsprop: ({ decay, epsilon }) => ({
    slots: ['s'],
    lines: [
      `s.mul_(${n(decay)}).addcmul_(g, g, value=1 - ${n(decay)})`,
      `W.sub_(rate * g / (s.sqrt() + ${n(epsilon)}))`,
    ],
  }),
  adam: (optimizer) => ({ slots: ['v', 's'], lines: adam(optimizer) }),
  adamw: (optimizer) => ({
    slots: ['v', 's'],
    lines: ['if is_weight:', `    W.mul_(1 - rate * ${n(optimizer.weightDecay)})`, ...adam(optimizer)],
  }),
};

export function torchRule(optimizer: OptimizerSpec): TorchRule {
  const rule = rules[optimizer.kind] as (optimizer: OptimizerSpec) => TorchRule; // of its own kind
  return rule(optimizer);
}
