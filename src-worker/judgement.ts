import type { EpochRecord } from './api';
import type { TrainingSpec } from './experiment/document';
import { schedules, type ScheduleDefinition } from './schedules';
import { Plateau } from './schedules/plateau';

/**
 * What the curves say to early stopping and to a schedule that looks at plateaus: by the dev loss, or the training loss where
 * there is no dev part. A function of the records, so that a run taken up again is judged alike.
 */
export class Judgement {
  /** Only records of later epochs count. */
  readonly from: number;
  private readonly stopping: Plateau | null;
  private readonly levelling: Plateau | null;

  /** @param history the records so far */
  constructor({ earlyStopping, schedule }: TrainingSpec, from: number, history: readonly EpochRecord[]) {
    const definition: ScheduleDefinition = schedules[schedule.kind];
    const patience = definition.patience?.(schedule) ?? null;
    this.from = from;
    this.stopping = earlyStopping && new Plateau(earlyStopping.patience, earlyStopping.minimumImprovement);
    this.levelling = patience === null ? null : new Plateau(patience);
    for (const record of history) this.observe(record);
  }

  /** Whether early stopping ends the run. */
  get stops(): boolean {
    return (this.stopping?.count ?? 0) > 0;
  }

  /** Plateaus that the schedule has seen. */
  get plateaus(): number {
    return this.levelling?.count ?? 0;
  }

  observe({ epoch, train, dev }: EpochRecord): void {
    if (epoch <= this.from) return;
    const { loss } = dev ?? train;
    this.stopping?.observe(loss);
    this.levelling?.observe(loss);
  }
}
