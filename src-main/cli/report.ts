import type {
  Assessment,
  BackendKind,
  BestEpoch,
  EpochRecord,
  MetricKind,
  Metrics,
  StopReason,
} from '../../src-worker/api';

/** What `--report` writes; docs/experiment-format.md describes it. */
export interface Report {
  readonly parameters: number;
  readonly epochs: number;
  readonly steps: number;
  /** Wall time of the training, with the evaluation after each epoch. */
  readonly seconds: number;
  readonly examplesPerSecond: number;
  readonly backend: BackendKind;
  readonly threads: number;
  readonly train: ReportPart;
  readonly dev: ReportPart | null;
  readonly test: ReportPart | null;
  readonly history: readonly {
    readonly epoch: number;
    readonly train: ReportMetrics;
    readonly dev: ReportMetrics | null;
    /** Of the epoch's last update, and the norm of the gradient of its last batch; epoch 0 has neither. */
    readonly learningRate?: number;
    readonly gradientNorm?: number;
  }[];
  /** Whether the epochs were done, or early stopping put the best weights back. */
  readonly stopped: StopReason;
  readonly best: BestEpoch | null;
}

/** The loss and those metrics that the task has. */
export type ReportMetrics = { readonly loss: number } & { readonly [K in MetricKind]?: number };

/** A part at the end, class by class where there are classes. */
export type ReportPart = ReportMetrics & {
  readonly classes?: readonly ReportClass[];
  /** Row the right class, column the answer, in the order of `classes`. */
  readonly confusion?: readonly (readonly number[])[];
};

export interface ReportClass {
  readonly name: string;
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface ReportInput {
  readonly parameters: number;
  readonly backend: BackendKind;
  readonly threads: number;
  readonly epochs: number;
  readonly steps: number;
  readonly seconds: number;
  /** Examples that were trained on in those seconds. */
  readonly examples: number;
  /** Of every part that has examples. */
  readonly assessments: {
    readonly train: Assessment;
    readonly dev: Assessment | null;
    readonly test: Assessment | null;
  };
  readonly history: readonly EpochRecord[];
  readonly stopped: StopReason;
  readonly best: BestEpoch | null;
}

export function createReport({ assessments, history, examples, seconds, ...run }: ReportInput): Report {
  const { parameters, epochs, steps, backend, threads, stopped, best } = run;
  return {
    parameters,
    epochs,
    steps,
    seconds,
    examplesPerSecond: seconds > 0 ? examples / seconds : 0,
    backend,
    threads,
    train: reportPart(assessments.train),
    dev: assessments.dev && reportPart(assessments.dev),
    test: assessments.test && reportPart(assessments.test),
    history: history.map(({ epoch, train, dev, ...rest }) => ({
      epoch,
      ...rest,
      train: reportMetrics(train),
      dev: dev && reportMetrics(dev),
    })),
    stopped,
    best,
  };
}

function reportMetrics(metrics: Metrics): ReportMetrics {
  const known = Object.entries(metrics).filter(([, value]) => value !== null);
  return Object.fromEntries(known) as ReportMetrics;
}

function reportPart({ metrics, confusion }: Assessment): ReportPart {
  if (confusion === null) return reportMetrics(metrics);
  const { classes, counts, figures } = confusion;
  const rows = classes.map((_, c) => [...counts.subarray(c * classes.length, (c + 1) * classes.length)]);
  return {
    ...reportMetrics(metrics),
    classes: classes.map((name, c) => ({ name, ...figures[c]! })),
    confusion: rows,
  };
}
