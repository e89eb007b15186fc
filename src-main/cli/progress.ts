import type { EpochRecord, Metrics, Progress } from '../../src-worker/api';
import type { Output } from './command';

/** Lines that a whole run prints where there is no terminal. */
const PLAIN_LINES = 20;
const BAR_WIDTH = 24;

/** Shows how far a run has come. */
export interface ProgressView {
  update(progress: Progress, elapsedMs: number): void;
  /** Leaves the terminal with the cursor on a fresh line. */
  end(): void;
}

/** A bar that redraws itself on a terminal, some plain lines elsewhere. */
export function createProgressView(output: Output): ProgressView {
  return output.isTTY === true ? createBar(output) : createLines(output);
}

function createBar(output: Output): ProgressView {
  let last: EpochRecord | null = null;
  let startStep: number | null = null;
  let drawn = false;
  return {
    update({ step, epoch, epochs, batchInEpoch, batchesPerEpoch, records }, elapsedMs) {
      last = records.at(-1) ?? last;
      startStep ??= step;
      const total = epochs * batchesPerEpoch;
      const share = total === 0 ? 1 : Math.min(1, (epoch * batchesPerEpoch + batchInEpoch) / total);
      const done = step - startStep;
      const leftMs = done === 0 ? null : (elapsedMs / done) * (total - step);
      const filled = Math.round(share * BAR_WIDTH);
      const bar = '━'.repeat(filled) + '─'.repeat(BAR_WIDTH - filled);
      const left = leftMs === null ? '' : `  ${describeDuration(leftMs)} left`;
      const line = `epoch ${epoch}/${epochs} ${bar} ${last === null ? '' : describeRecord(last)}${left}`;
      output.write(`\r\u001b[2K${line.slice(0, (output.columns ?? 100) - 1)}`);
      drawn = true;
    },
    end() {
      if (drawn) output.write('\n');
    },
  };
}

function createLines(output: Output): ProgressView {
  return {
    update({ records, epochs }) {
      const every = Math.max(1, Math.ceil(epochs / PLAIN_LINES));
      for (const record of records) {
        if (record.epoch % every !== 0 && record.epoch !== epochs) continue;
        output.write(`epoch ${record.epoch}/${epochs}  ${describeRecord(record)}\n`);
      }
    },
    end() {
      // Every line is complete already.
    },
  };
}

/** `train 0.231 / 94.1 %  dev 0.262 / 92.8 %` */
function describeRecord({ train, dev }: EpochRecord): string {
  return `train ${describeMetrics(train)}${dev === null ? '' : `  dev ${describeMetrics(dev)}`}`;
}

/** Loss, then accuracy in per cent or RMSE in the target's units. */
export function describeMetrics({ loss, accuracy, rmse }: Pick<Metrics, 'loss' | 'accuracy' | 'rmse'>): string {
  const metric = accuracy === null ? `RMSE ${(rmse ?? NaN).toPrecision(4)}` : `${(accuracy * 100).toFixed(1)} %`;
  return `${loss.toPrecision(4)} / ${metric}`;
}

function describeDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
