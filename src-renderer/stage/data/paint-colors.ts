import type { PointsTask } from '../../../src-worker/api';
import { classColors, mix, type Rgb } from '../../charts/color';
import type { Range } from '../../charts/scale';
import { readColor, readDataColors } from '../../charts/theme-colors';

interface Painted {
  readonly targets: readonly (string | number)[];
  /** The classes that have a colour. */
  readonly palette: readonly string[];
  /** The lowest and the highest number that have one. */
  readonly values: Range;
}

const colorings = {
  classes({ targets, palette }) {
    const colors = classColors(palette.length, readDataColors('points'));
    const ink = readColor('--ink-second');
    return (index) => colors[palette.indexOf(String(targets[index]))] ?? ink;
  },
  regression({ targets, values: { min, max } }) {
    const { negative, positive } = readDataColors('points');
    return (index) => mix(negative, positive, (Number(targets[index]) - min) / (max - min));
  },
  curve() {
    const ink = readColor('--ink-second');
    return () => ink;
  },
} satisfies Record<PointsTask, (painted: Painted) => (index: number) => Rgb>;

/** The colour of each painted point, in the theme of the moment. */
export function paintColors(task: PointsTask, painted: Painted): (index: number) => Rgb {
  return colorings[task](painted);
}
