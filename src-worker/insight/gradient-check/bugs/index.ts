import type { BugKind } from '../check-types';
import { biasNotSummed } from './bias-not-summed';
import type { BugDefinition } from './bug';
import { derivativeTwice } from './derivative-twice';
import { forgottenL2 } from './forgotten-l2';
import { lostTranspose } from './lost-transpose';
import { missingDerivative } from './missing-derivative';
import { missingMean } from './missing-mean';
import { wrongLayer } from './wrong-layer';
import { wrongSign } from './wrong-sign';

/** Every bug by kind, in the order of the menu. To add one: a file, this line and a word in `BugKind`. */
export const bugs = {
  'lost-transpose': lostTranspose,
  'missing-mean': missingMean,
  'wrong-sign': wrongSign,
  'wrong-layer': wrongLayer,
  'missing-derivative': missingDerivative,
  'derivative-twice': derivativeTwice,
  'bias-not-summed': biasNotSummed,
  'forgotten-l2': forgottenL2,
} satisfies { readonly [K in BugKind]: BugDefinition<K> };

export type { BugDefinition } from './bug';
