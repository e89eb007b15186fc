import { stepOf, type ScheduleDefinition } from './schedule';
import { warmth, warmUpField } from './warm-up';

/**
 * Falls along half a cosine from α to the floor over the T updates of the run, after a warm-up of w of them:
 * floor + (α − floor) (1 + cos(π (t − w) / (T − w))) / 2.
 */
export const cosine: ScheduleDefinition<'cosine'> = {
  kind: 'cosine',
  label: 'Cosine',
  summary: 'The learning rate falls along half a cosine: slowly, then fast, then slowly to its floor.',
  fields: [
    {
      name: 'floor',
      label: 'Floor',
      help: 'The learning rate that the last update comes close to.',
      type: 'number',
      default: 0,
      min: 0,
      max: 1_000,
      scale: 'log',
      step: 10,
    },
    { ...warmUpField, name: 'warmUp', default: 0 },
  ],
  equation:
    '\\alpha_t = \\alpha_{\\min} + \\tfrac{1}{2}(\\alpha - \\alpha_{\\min})\\Big(1 + \\cos \\pi\\,\\frac{t - w}{T - w}\\Big)',
  source: 'Loshchilov and Hutter (2017), SGDR, (5), without restarts',
  holds: () => false,
  rate({ floor, warmUp }, learningRate, place) {
    const { batchesPerEpoch, epochs } = place;
    const warm = warmth(warmUp, place);
    if (warm < 1) return learningRate * warm;
    const first = Math.round(warmUp * batchesPerEpoch);
    const share = (stepOf(place) - first) / Math.max(1, epochs * batchesPerEpoch - first);
    const lowest = Math.min(floor, learningRate);
    return lowest + ((learningRate - lowest) * (1 + Math.cos(Math.PI * Math.min(1, Math.max(0, share))))) / 2;
  },
};
