import type { AugmentationSpec, FlipKind } from './document';
import type { ChoiceField, NumberField } from './field';
import { splitFields } from './fields';

/** How images of the training part are varied; every field alone is off at its default. */
export const augmentationFields = {
  shift: {
    name: 'shift',
    label: 'Shift in pixels',
    help: 'Moves each image by up to so many whole pixels along each axis; its edge fills what comes in.',
    type: 'integer',
    default: 0,
    min: 0,
    max: 512,
    step: 1,
    unit: 'px',
  },
  flip: {
    name: 'flip',
    label: 'Flip',
    help: 'Mirrors about half of the images: left and right, top and bottom, or each of both.',
    type: 'choice',
    options: [
      { value: 'none', label: 'None' },
      { value: 'horizontal', label: 'Left and right' },
      { value: 'vertical', label: 'Top and bottom' },
      { value: 'both', label: 'Both' },
    ] satisfies { value: FlipKind; label: string }[],
    default: 'none',
  },
  rotate: {
    name: 'rotate',
    label: 'Rotate in degrees',
    help: 'Turns each image about its centre by up to so many degrees either way.',
    type: 'number',
    default: 0,
    min: 0,
    max: 180,
    step: 5,
    unit: '°',
  },
  noise: {
    name: 'noise',
    label: 'Noise',
    help: 'Standard deviation of the noise on every number, as a share of the range from black to white.',
    type: 'number',
    default: 0,
    min: 0,
    max: 1,
    step: 0.05,
  },
  seed: {
    ...splitFields.seed,
    label: 'Seed of the variation',
    help: 'Seed of what every epoch does to every image: the same seed varies them alike.',
  },
} as const satisfies Record<keyof AugmentationSpec, NumberField | ChoiceField>;
