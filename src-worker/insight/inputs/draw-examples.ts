import { readRows } from '../../bound-examples';
import type { PreparedData } from '../../data/prepared';
import type { Part } from '../../engine';
import { sizeOf } from '../../tensor';
import { classOf } from '../doctor/probe';

/** Some examples as the network sees them, in float64. */
export interface DrawnExamples {
  readonly count: number;
  /** How many they were drawn from. */
  readonly of: number;
  /** `[count, inputs]` */
  readonly x: Float64Array;
  /** The class index, or the number in the target's own units. */
  readonly target: Float64Array;
  /** 0 train, 1 dev, 2 test. */
  readonly part: Uint8Array;
}

const PARTS: readonly Part[] = ['train', 'dev', 'test'];

/** At most so many examples of these parts, evenly drawn in the order of the data: the same ones every time. */
export function drawExamples(
  { bindable, preprocessing }: Pick<PreparedData, 'bindable' | 'preprocessing'>,
  parts: readonly Part[],
  most: number,
): DrawnExamples {
  const { inputShape, task, target } = preprocessing;
  const inputs = sizeOf(inputShape);
  const outputs = task === 'regression' ? 1 : target.classes.length;
  const bound = parts.flatMap((name) => {
    const examples = bindable(name, outputs, 'float64');
    return examples === null ? [] : [{ name, examples: readRows(examples, inputShape, outputs) }];
  });
  const of = bound.reduce((sum, { examples }) => sum + examples.count, 0);
  const count = Math.min(of, Math.max(1, Math.floor(most)));
  const x = new Float64Array(count * inputs);
  const targets = new Float64Array(count);
  const part = new Uint8Array(count);
  let first = 0;
  let drawn = 0;
  for (const { name, examples } of bound) {
    const indices: number[] = [];
    for (let n = drawn; n < count; n++) {
      const place = Math.floor((n * of) / count) - first;
      if (place >= examples.count) break;
      indices.push(place);
    }
    const y = new Float64Array(indices.length * outputs);
    examples.read(Uint32Array.from(indices), x.subarray(drawn * inputs), y, null);
    indices.forEach((_, n) => {
      targets[drawn + n] = task === 'regression' ? y[n]! * target.deviation + target.mean : classOf(y, n, outputs);
      part[drawn + n] = PARTS.indexOf(name);
    });
    first += examples.count;
    drawn += indices.length;
  }
  return { count, of, x, target: targets, part };
}
