import { augmentationFields } from './augmentation-fields';
import type { AugmentationSpec } from './document';
import type { Findings } from './findings';
import { readObject } from './read';
import { readFields } from './read-kind';

/** `null` and a missing value are no augmentation; what an object leaves out is off. */
export function readAugmentation(value: unknown, path: string, findings: Findings): AugmentationSpec | null {
  if (value === undefined || value === null) return null;
  const given = readObject(value, path, Object.keys(augmentationFields), findings);
  // The fields are exactly those of the spec.
  return readFields(given, Object.values(augmentationFields), findings) as unknown as AugmentationSpec;
}
