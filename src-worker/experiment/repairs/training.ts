import { numbersByClass } from '../class-weights';
import { batchMisfits } from '../../shape';
import { splitFields } from '../fields';
import { withTraining, type Mender } from './repair';

/** The settings of training against the data and the layers. */

export const mendLargeBatch: Mender = (_problem, { document, examples }) =>
  examples < 1
    ? []
    : [{ label: `Set batch size to ${examples}`, document: withTraining(document, { batchSize: examples }) }];

export const mendSmallBatch: Mender = (_problem, { document, inputShape, examples }) => {
  for (let batchSize = document.training.batchSize + 1; batchSize <= examples; batchSize++) {
    if (batchMisfits(document.network, inputShape, batchSize).length > 0) continue;
    return [{ label: `Set batch size to ${batchSize}`, document: withTraining(document, { batchSize }) }];
  }
  return [];
};

export const trainWithoutStopping: Mender = (_problem, { document }) => [
  { label: 'Train without early stopping', document: withTraining(document, { earlyStopping: null }) },
];

/** The weights of the classes that the data have stay as they are. */
export const forgetClasses: Mender = (_problem, { document, classNames }) => {
  const numbers = numbersByClass(document.training.classWeights);
  if (numbers === null) return [];
  const known = Object.entries(numbers).filter(([name]) => classNames.includes(name));
  return [
    {
      label: known.length === 0 ? 'Train without class weights' : 'Forget the weights of unknown classes',
      document: withTraining(document, { classWeights: known.length === 0 ? 'none' : Object.fromEntries(known) }),
    },
  ];
};

/** Only shares can be given back to the training part; a column or folds are the person's own. */
export const mendShares: Mender = (_problem, { document }) => {
  const { split } = document.data;
  if (split.method !== 'shares' && split.method !== 'order') return [];
  const [train, dev, test] = [splitFields.train.default, splitFields.dev.default, splitFields.test.default];
  return [
    {
      label: `Split ${[train, dev, test].map((share) => `${Math.round(100 * share)} %`).join(', ')}`,
      document: { ...document, data: { ...document.data, split: { ...split, train, dev, test } } },
    },
  ];
};
