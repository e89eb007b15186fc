/** Whole vectors and a cache line: no two arrays share one. */
const ALIGNMENT = 64;
/** Kernels write whole vectors, up to this far past the end of an array. */
const PADDING_BYTES = 16;

/**
 * Places arrays in a memory: pure arithmetic, so that what a network needs is known before any memory is asked for. First
 * fit among what was released, else at the end.
 */
export class Arena {
  private readonly base: number;
  /** By address. */
  private readonly blocks: { readonly address: number; readonly end: number }[] = [];

  constructor(base: number) {
    this.base = align(base);
  }

  /** First address behind everything placed. */
  get end(): number {
    return this.blocks.at(-1)?.end ?? this.base;
  }

  get usedBytes(): number {
    return this.blocks.reduce((sum, { address, end }) => sum + end - address, 0);
  }

  /** Address of room for `bytes`, aligned, with padding behind it. */
  place(bytes: number): number {
    const size = blockBytes(bytes);
    let address = this.base;
    let index = 0;
    for (const block of this.blocks) {
      if (block.address - address >= size) break;
      address = block.end;
      index++;
    }
    this.blocks.splice(index, 0, { address, end: address + size });
    return address;
  }

  release(address: number): void {
    const index = this.blocks.findIndex((block) => block.address === address);
    if (index >= 0) this.blocks.splice(index, 1);
  }
}

/** What an array of so many bytes takes, with its padding. */
export function blockBytes(bytes: number): number {
  return align(bytes + PADDING_BYTES);
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
