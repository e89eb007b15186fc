import type { ActivationKind } from '../../experiment/document';
import { readRows, type BoundExamples } from '../../bound-examples';
import type { Part } from '../../engine';
import { measureAll, type Predictions } from '../../metrics';
import { predictedClass } from '../../metrics/predicted-class';
import { ProblemError } from '../../problem';
import type { Run } from '../../run';
import { resolveNetwork } from '../../shape';
import { createFloats, sizeOf, type NamedTensor } from '../../tensor';
import { classMistakes, scoreOf } from './class-mistakes';
import { exampleLosses } from './example-losses';
import type {
  ExamplesRequest,
  MistakenExample,
  MistakenExamples,
  MistakesReport,
  MistakesRequest,
} from './mistakes-types';
import { numberMistakes } from './number-mistakes';

/** Examples that are answered in one go. */
const SLICE = 256;
/** Examples of one answer to the window. */
const MOST_EXAMPLES = 200;

const PROBABILITIES: readonly (ActivationKind | null)[] = ['sigmoid', 'softmax'];

/** One pass over a part at the weights of one moment: its answers, and what is to be said of them. */
export class MistakesPass {
  readonly total: number;
  done = 0;
  report: MistakesReport | null = null;
  readonly #run: Run;
  readonly #part: Part;
  readonly #examples: BoundExamples;
  readonly #weights: readonly NamedTensor[];
  readonly #epoch: number | null;
  readonly #yHat: Float64Array;
  readonly #y: Float64Array;
  readonly #work: Iterator<undefined, void>;
  /** Whether the run may have trained since the weights were taken. */
  #swaps: boolean;
  #losses: Float64Array = new Float64Array();
  /** Examples by their places in the part, those with the largest loss first. */
  #byLoss: Uint32Array = new Uint32Array();

  /** @throws ProblemError where the part is empty or the weights belong to another network */
  constructor(run: Run, { part, weights }: MistakesRequest) {
    const { prepared, outputs, network } = run;
    const examples = prepared.bindable(part, outputs, network.precision);
    if (examples === null) throw new ProblemError(emptyPart(part));
    this.#run = run;
    this.#part = part;
    this.#examples = readRows(examples, prepared.preprocessing.inputShape, outputs);
    const best = weights === 'best' ? (run.state().best ?? null) : null;
    if (weights === 'best' && best === null) throw new ProblemError(noBest);
    this.#weights = typeof weights === 'string' ? (best?.parameters ?? network.parameters()) : weights;
    this.#epoch = typeof weights === 'string' ? (best?.epoch ?? run.walk.epoch) : null;
    this.#swaps = weights !== 'present';
    this.total = examples.count;
    this.#yHat = new Float64Array(this.total * outputs);
    this.#y = new Float64Array(this.total * outputs);
    this.#work = this.#answerAll();
  }

  /** Whether this is a pass of that run: its data and its network. */
  isOf(run: Run | null): boolean {
    return run === this.#run;
  }

  /** Goes on for so many milliseconds; at least one piece. */
  advance(ms: number): void {
    const { network } = this.#run;
    const until = performance.now() + ms;
    const kept = this.#swaps ? network.parameters() : null;
    try {
      if (kept !== null) network.setParameters(this.#weights);
      while (this.#work.next().done !== true && performance.now() < until);
    } finally {
      if (kept !== null) network.setParameters(kept);
    }
    this.#swaps = true;
  }

  /** Those that were asked for, once the pass is finished. */
  examples({ right, answer, wrong, from, count, columns }: ExamplesRequest): MistakenExamples {
    const { prepared } = this.#run;
    const { classes } = prepared.preprocessing.target;
    const predictions = this.#predictions();
    const isWanted = (row: number): boolean => {
      if (classes.length === 0) return true;
      const [its, given] = [this.#classOf(this.#y, row), this.#classOf(this.#yHat, row)];
      return (right === null || its === right) && (answer === null || given === answer) && (!wrong || its !== given);
    };
    const all = this.#byLoss.filter(isWanted);
    const browser = prepared.browser();
    const places = browser.placesOf(this.#part);
    const rows = [...all.subarray(from, from + Math.min(MOST_EXAMPLES, count))];
    const contents = browser.examplesAt(
      rows.map((row) => places[row]!),
      columns,
    );
    const examples = rows.map((row, n): MistakenExample => {
      const given = this.#classOf(this.#yHat, row);
      const isNumber = classes.length === 0;
      const answered = isNumber ? this.#inUnits(this.#yHat[row]!) : (classes[given] ?? null);
      return {
        place: places[row]!,
        target: isNumber ? this.#inUnits(this.#y[row]!) : classes[this.#classOf(this.#y, row)]!,
        answer: answered,
        loss: this.#losses[row]!,
        confidence: isNumber || given === -1 ? null : scoreOf(predictions, row, given),
        ...contents[n]!,
      };
    });
    return { matching: all.length, examples };
  }

  *#answerAll(): Generator<undefined, void> {
    const { network, outputs, prepared, experiment } = this.#run;
    const { task, target, inputShape } = prepared.preprocessing;
    const inputs = sizeOf(inputShape);
    const { number, activation: output } = resolveNetwork(experiment.network, inputShape).at(-1)!;
    const arrays = [`z${number}`, `a${number}`];
    const z = new Float64Array(this.#yHat.length);
    for (let from = 0; from < this.total; from += SLICE) {
      const rows = Math.min(SLICE, this.total - from);
      const indices = Uint32Array.from({ length: rows }, (_, n) => from + n);
      const x = createFloats(rows * inputs, network.precision);
      this.#examples.read(indices, x, this.#y.subarray(from * outputs, (from + rows) * outputs), null);
      // A layer without an activation has no z of its own.
      const [first, last = first] = network.activations(x, rows, arrays);
      z.set(first!.values, from * outputs);
      this.#yHat.set(last!.values, from * outputs);
      this.done = from + rows;
      yield;
    }
    const predictions = this.#predictions();
    this.#losses = exampleLosses(experiment.network.loss, output ?? 'identity', z, this.#yHat, this.#y, outputs);
    yield;
    this.#byLoss = sortedByLoss(this.#losses);
    const loss = this.#losses.reduce((sum, each) => sum + each / this.total, 0);
    const metrics = { loss, ...measureAll(task, predictions) };
    yield;
    const browser = prepared.browser();
    const places = browser.placesOf(this.#part);
    const isNumber = task === 'regression';
    this.report = {
      part: this.#part,
      epoch: this.#epoch,
      examples: this.total,
      own: browser.own,
      metrics,
      classes: isNumber ? null : yield* classMistakes(predictions, target.classes, PROBABILITIES.includes(output)),
      numbers: isNumber
        ? numberMistakes(this.#y.map(this.#inUnits), this.#yHat.map(this.#inUnits), (row) => places[row]!)
        : null,
    };
  }

  #predictions(): Predictions {
    const { outputs, prepared } = this.#run;
    const { deviation } = prepared.preprocessing.target;
    return { yHat: this.#yHat, y: this.#y, rows: this.total, columns: outputs, deviation };
  }

  #classOf(values: Float64Array, row: number): number {
    return predictedClass(values, row, this.#run.outputs);
  }

  readonly #inUnits = (value: number): number => {
    const { mean, deviation } = this.#run.prepared.preprocessing.target;
    return value * deviation + mean;
  };
}

/** What is not a number comes first: nothing is worse. */
function sortedByLoss(losses: Float64Array): Uint32Array {
  const key = losses.map((loss) => (Number.isNaN(loss) ? Infinity : loss));
  return Uint32Array.from(key.keys()).sort((a, b) => key[b]! - key[a]! || a - b);
}

const emptyPart = (part: Part) => ({
  code: 'mistakes/empty-part',
  message: `The ${part} part has no examples.`,
  hint: 'Choose another part, or give this one a share of the split.',
  path: 'data.split',
});

const noBest = {
  code: 'mistakes/no-best',
  message: 'No epoch of this run has been measured yet.',
  hint: 'Train for an epoch first.',
};
