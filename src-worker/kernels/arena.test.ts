import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena } from './arena';

describe('Arena', () => {
  it('never lets two arrays share a cache line, and leaves each whole vectors of padding', () => {
    const actions = fc.array(fc.record({ bytes: fc.nat(5000), releases: fc.nat(8), keep: fc.boolean() }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(actions, (steps) => {
        const arena = new Arena(1030);
        const live: { address: number; bytes: number }[] = [];
        for (const { bytes, releases, keep } of steps) {
          const address = arena.place(bytes);
          live.push({ address, bytes });
          if (!keep) arena.release(live.splice(releases % live.length, 1)[0]!.address);
          const sorted = [...live].sort((a, b) => a.address - b.address);
          sorted.forEach((block, i) => {
            expect(block.address % 64).toBe(0);
            expect(block.address).toBeGreaterThanOrEqual(1030);
            const next = sorted[i + 1]?.address ?? arena.end;
            expect(block.address + block.bytes + 16).toBeLessThanOrEqual(next);
          });
        }
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('uses again what was released', () => {
    const arena = new Arena(0);
    const [first] = [arena.place(1000), arena.place(10)];
    const { end, usedBytes } = arena;
    arena.release(first!);
    expect(arena.usedBytes).toBeLessThan(usedBytes);
    expect(arena.place(1000)).toBe(first);
    expect(arena.end).toBe(end);
  });
});
