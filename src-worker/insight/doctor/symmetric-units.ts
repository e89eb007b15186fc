import { initialiseWell } from './changes';
import type { Ailment } from './doctor-types';
import { count } from './words';

/**
 * Units that begin with the same weights get the same gradient and stay the same for ever. CS229 notes, section 3.3, on initialising
 * with zeros.
 */
export const symmetricUnits: Ailment = ({ experiment, layers, records }) => {
  const alike = layers.filter((layer) => layer.hidden && layer.alike);
  const first = alike[0];
  if (first === undefined || (records.at(-1)?.epoch ?? 0) < 1) return null;
  return {
    ailment: 'symmetric-units',
    sentence: `The units of layer ${first.number} are all the same: they began alike and learn alike.`,
    grounds: `All ${count(first.units)} have equal weights after ${count(records.at(-1)!.step)} updates, so the layer is worth one unit.`,
    change: initialiseWell(
      experiment,
      alike.map((layer) => layer.number),
    ),
  };
};
