import type { BackendKind, EpochRecord, Evaluations, Metrics } from '../../src-worker/api';

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
  readonly train: ReportMetrics;
  readonly dev: ReportMetrics | null;
  readonly test: ReportMetrics | null;
  readonly history: readonly {
    readonly epoch: number;
    readonly train: ReportMetrics;
    readonly dev: ReportMetrics | null;
  }[];
}

/** Accuracy from 0 to 1 for classes, RMSE in the target's own units for regression. */
export type ReportMetrics =
  { readonly loss: number; readonly accuracy: number } | { readonly loss: number; readonly rmse: number };

export interface ReportInput {
  readonly parameters: number;
  readonly backend: BackendKind;
  readonly threads: number;
  readonly epochs: number;
  readonly steps: number;
  readonly seconds: number;
  /** Examples that were trained on in those seconds. */
  readonly examples: number;
  readonly evaluations: Evaluations;
  readonly history: readonly EpochRecord[];
}

export function createReport({ evaluations, history, examples, seconds, ...run }: ReportInput): Report {
  const { parameters, epochs, steps, backend, threads } = run;
  return {
    parameters,
    epochs,
    steps,
    seconds,
    examplesPerSecond: seconds > 0 ? examples / seconds : 0,
    backend,
    threads,
    train: reportMetrics(evaluations.train),
    dev: evaluations.dev && reportMetrics(evaluations.dev),
    test: evaluations.test && reportMetrics(evaluations.test),
    history: history.map(({ epoch, train, dev }) => ({
      epoch,
      train: reportMetrics(train),
      dev: dev && reportMetrics(dev),
    })),
  };
}

function reportMetrics({ loss, accuracy, rmse }: Metrics): ReportMetrics {
  return accuracy === null ? { loss, rmse: rmse ?? NaN } : { loss, accuracy };
}
