import type { BugDefinition } from './bug';

/** λW left out of dW, although λ/2 ΣW² is in the cost. */
export const forgottenL2: BugDefinition<'forgotten-l2'> = {
  kind: 'forgotten-l2',
  label: 'A forgotten L2 term',
  summary: 'The cost has λ/2 ΣW², but its derivative λW is missing from the gradients of the weights.',
  right:
    'dW^{[\\ell]} = \\frac{1}{m} \\sum_i \\delta^{[\\ell](i)} \\bigl(a^{[\\ell-1](i)}\\bigr)^{\\top} + \\lambda W^{[\\ell]}',
  wrong: 'dW^{[\\ell]} = \\frac{1}{m} \\sum_i \\delta^{[\\ell](i)} \\bigl(a^{[\\ell-1](i)}\\bigr)^{\\top}',
  needs: 'It needs L2 regularisation: λ above 0.',

  hits: ({ layers, l2 }) =>
    l2 === 0
      ? []
      : layers.flatMap(({ parameters }) =>
          parameters.filter(({ regularised }) => regularised).map(({ fullName }) => fullName),
        ),

  plant: (registries) => ({ registries, terms: { l2: 0 } }),
};
