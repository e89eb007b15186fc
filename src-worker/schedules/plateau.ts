/**
 * Counts how long a loss has not become lower: the judge of early stopping and of the schedule that reduces on a plateau. A
 * function of the losses told to it and of nothing else, so that a run taken up again comes to the same verdict.
 */
export class Plateau {
  private readonly patience: number;
  private readonly minimumImprovement: number;
  private best = Infinity;
  private waited = 0;
  private found = 0;

  /**
   * @param patience epochs without an improvement that make a plateau
   * @param minimumImprovement by how much a loss has to fall below the best one to count
   */
  constructor(patience: number, minimumImprovement = 0) {
    this.patience = patience;
    this.minimumImprovement = minimumImprovement;
  }

  /** Plateaus so far; after each the waiting begins anew. */
  get count(): number {
    return this.found;
  }

  /** Takes in the loss of one more epoch. */
  observe(loss: number): void {
    const improved = this.best === Infinity ? loss < Infinity : loss < this.best - this.minimumImprovement;
    if (improved) {
      this.best = loss;
      this.waited = 0;
      return;
    }
    this.waited += 1;
    if (this.waited < this.patience) return;
    this.found += 1;
    this.waited = 0;
  }
}
