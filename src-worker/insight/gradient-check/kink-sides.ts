import type { Propagation } from '../../propagation';

/**
 * On which side of each kink every unit is and which branches the layers took: what tells whether a central difference went across a
 * place without a derivative. Kept in one array, because it is written for every entry that is checked.
 */
export class KinkSides {
  readonly #propagation: Propagation;
  readonly #rows: number;
  #sides = new Uint8Array(0);
  #branches = '';

  constructor(propagation: Propagation, rows: number) {
    this.#propagation = propagation;
    this.#rows = rows;
  }

  /** Remembers the last forward pass, from layer `from` on. */
  remember(from: number): void {
    const units = this.#units(from);
    if (this.#sides.length < units) this.#sides = new Uint8Array(units);
    this.#each(from, (at, side) => {
      this.#sides[at] = side;
      return true;
    });
    this.#branches = this.#propagation.branches;
  }

  /** Whether the last forward pass differs from the remembered one. */
  crossed(from: number): boolean {
    return !this.#each(from, (at, side) => this.#sides[at] === side) || this.#propagation.branches !== this.#branches;
  }

  #units(from: number): number {
    const { layers } = this.#propagation;
    return (
      layers.slice(from).reduce((sum, { activation, outputs }) => sum + activation.kinks.length * outputs, 0) *
      this.#rows
    );
  }

  /** @returns whether every visit said to go on */
  #each(from: number, visit: (at: number, side: number) => boolean): boolean {
    let at = 0;
    for (const { activation, z, outputs } of this.#propagation.layers.slice(from)) {
      for (const kink of activation.kinks) {
        for (let i = 0; i < this.#rows * outputs; i++) if (!visit(at++, Number(z[i]! > kink))) return false;
      }
    }
    return true;
  }
}
