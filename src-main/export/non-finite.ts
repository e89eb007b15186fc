import type { ModelSnapshot } from '../../src-worker/api';
import { kindOf } from '../../src-worker/data/features';
import type { Problem } from '../../src-worker/problem';

/** A weight or a scaling that is no finite number, in which every answer of the exported model would drown; null where all are. */
export function findNonFinite({ preprocessing, state }: ModelSnapshot): Problem | null {
  const broken = state.parameters.find(({ values }) => !values.every((value) => Number.isFinite(Math.fround(value))));
  const { features, pixels, target } = preprocessing;
  const scaling = [
    ...features.flatMap((feature) => kindOf(feature.type).numbers(feature)),
    ...(pixels === null ? [] : [...pixels.offset, ...pixels.scale]),
    target.mean,
    target.deviation,
  ];
  if (broken === undefined && scaling.every(Number.isFinite)) return null;
  const what = broken === undefined ? 'The scaling of the data' : `The array ${broken.name}`;
  return {
    code: 'export/not-finite',
    message: `${what} holds values that are not finite numbers, so no other program could answer with this model.`,
    hint: 'Lower the learning rate, reset and train again, or export it as it is to look at the weights.',
  };
}
