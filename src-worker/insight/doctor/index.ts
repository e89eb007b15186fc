import { diverged } from './diverged';
import type { Ailment, AilmentKind, Evidence, Finding } from './doctor-types';
import { fadingGradients } from './fading-gradients';
import { leak } from './leak';
import { linearNetwork } from './linear-network';
import { overfitting } from './overfitting';
import { plateau } from './plateau';
import { silentUnits } from './silent-units';
import { symmetricUnits } from './symmetric-units';
import { underfitting } from './underfitting';
import { unseenClass } from './unseen-class';

/**
 * Every ailment, causes before what they lead to: the first that is found is the one to treat. To add one: a file, this line and a word
 * in `AilmentKind`.
 */
export const ailments = {
  'symmetric-units': symmetricUnits,
  'fading-gradients': fadingGradients,
  'silent-units': silentUnits,
  'linear-network': linearNetwork,
  diverged,
  leak,
  'unseen-class': unseenClass,
  overfitting,
  underfitting,
  plateau,
} satisfies { readonly [K in AilmentKind]: Ailment };

/** One sentence and one proposed change, of the first ailment that the evidence shows; null for a healthy run. */
export function findAilment(evidence: Evidence): Finding | null {
  for (const look of Object.values<Ailment>(ailments)) {
    const finding = look(evidence);
    if (finding !== null) return finding;
  }
  return null;
}

export { gatherEvidence } from './evidence';
