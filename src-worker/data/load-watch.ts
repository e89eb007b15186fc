import type { LoadProgress } from './load-progress';
import { ProblemError, type Problem } from '../problem';

/** How often progress is told and other messages are let in, such as the one that cancels. */
const TELL_MS = 80;

/** Follows one load: the readers tell it how far they are, and it tells whoever watches, or stops them. */
export class LoadWatch {
  private readonly tell: ((progress: LoadProgress) => void) | null;
  private readonly totalBytes: number;
  private readonly reachedIn = new Map<File, number>();
  private bytes = 0;
  private phase: LoadProgress['phase'] = 'reading';
  private file = '';
  private rows = 0;
  private images: LoadProgress['images'];
  private toldAt = performance.now();
  private reason: Problem | null = null;

  /** @param tell gets the progress some times a second; null where nobody watches */
  constructor(files: readonly File[] = [], tell: ((progress: LoadProgress) => void) | null = null) {
    this.tell = tell;
    this.totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  }

  /** Why the load was stopped; null while it may go on. */
  get stopped(): Problem | null {
    return this.reason;
  }

  /** Ends the load at the next piece of a file, with this problem. */
  stop(reason: Problem): void {
    this.reason ??= reason;
  }

  addRows(count: number): void {
    this.rows += count;
  }

  /**
   * A file has been read up to this byte, perhaps not for the first time.
   * @throws ProblemError where the load was stopped
   */
  async reached(file: File, position: number): Promise<void> {
    const before = this.reachedIn.get(file) ?? 0;
    if (position > before) {
      this.reachedIn.set(file, position);
      this.bytes += position - before;
    }
    this.file = file.name;
    if (performance.now() - this.toldAt >= TELL_MS) await this.breathe();
    this.check();
  }

  /**
   * So many of all image files are done.
   * @throws ProblemError where the load was stopped
   */
  async reachedImage(done: number, all: number): Promise<void> {
    this.images = { done, all };
    if (performance.now() - this.toldAt >= TELL_MS) await this.breathe();
    this.check();
  }

  /** What comes now takes its time and does not say how far it is. */
  async enter(phase: LoadProgress['phase']): Promise<void> {
    this.phase = phase;
    await this.breathe();
    this.check();
  }

  private async breathe(): Promise<void> {
    const { phase, file, rows, bytes, totalBytes, images } = this;
    this.tell?.({ phase, file, rows, bytes, totalBytes, ...(images !== undefined && { images }) });
    // Promises alone never let a message in.
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.toldAt = performance.now();
  }

  private check(): void {
    if (this.reason !== null) throw new ProblemError(this.reason);
  }
}
