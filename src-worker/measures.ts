import type { Assessment, Metrics } from './api';
import type { TrainableData } from './data/prepared';
import type { CompiledNetwork, Examples, Part } from './engine';
import { measureAll, type Predictions } from './metrics';
import { classFigures, confusionMatrix } from './metrics/confusion';
import { fail, succeed, type Outcome } from './problem';
import type { FloatArray } from './tensor';

/** What the answers of a part are measured by. */
export type Targets = Pick<Examples, 'count' | 'y'>;

/** Loss and metrics of a network at its present weights, over the parts that are bound to it. */
export class Measures {
  private readonly network: CompiledNetwork;
  private readonly prepared: Pick<TrainableData, 'preprocessing'>;
  private readonly targets: Readonly<Record<Part, Targets | null>>;

  constructor(
    network: CompiledNetwork,
    prepared: Pick<TrainableData, 'preprocessing'>,
    targets: Readonly<Record<Part, Targets | null>>,
  ) {
    this.network = network;
    this.prepared = prepared;
    this.targets = targets;
  }

  train(): Metrics {
    const train = this.of('train');
    // A run is only built on data with a training part.
    if (train === null) throw new Error('a run without a training part');
    return train;
  }

  /** Null where the part has no examples. */
  of(part: Part): Metrics | null {
    const examples = this.targets[part];
    if (examples === null) return null;
    const { loss, yHat } = this.network.evaluate(part);
    const { task } = this.prepared.preprocessing;
    return { loss, ...measureAll(task, this.predictions(examples, yHat)) };
  }

  /** See `TrainerApi.assess`. */
  assess(part: Part): Outcome<Assessment> {
    const examples = this.targets[part];
    if (examples === null) {
      return fail({
        code: 'run/empty-part',
        message: `The ${part} part has no examples.`,
        hint: 'Give it a share of the split, or a file of its own.',
        path: 'data.split',
      });
    }
    const { task, target } = this.prepared.preprocessing;
    const { loss, yHat } = this.network.evaluate(part);
    const predictions = this.predictions(examples, yHat);
    const metrics = { loss, ...measureAll(task, predictions) };
    if (task === 'regression') return succeed({ part, metrics, confusion: null });
    const confusion = confusionMatrix(predictions);
    const { counts } = confusion;
    return succeed({
      part,
      metrics,
      confusion: { classes: target.classes, counts, figures: classFigures(confusion) },
    });
  }

  private predictions({ count, y }: Targets, yHat: FloatArray): Predictions {
    const { deviation } = this.prepared.preprocessing.target;
    return { yHat, y, rows: count, columns: y.length / count, deviation };
  }
}
