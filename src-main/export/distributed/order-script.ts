/** `order.py`: the app's random order of the examples, src-worker/random.ts and batches.ts in Python. Holds nothing of the model. */
export const ORDER_SCRIPT = `"""The order in which Layerlab visits the training examples: a function of seed and epoch alone.

Numbers come from xoshiro128** 1.1, seeded through SplitMix64 (Blackman and Vigna, ACM TOMS 47, 2021; Steele, Lea and Flood,
OOPSLA 2014); the order is a Fisher-Yates shuffle.
"""

import struct

import numpy as np

MASK_32 = 0xFFFFFFFF
MASK_64 = 0xFFFFFFFFFFFFFFFF
GOLDEN_GAMMA = 0x9E3779B97F4A7C15


def mix64(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK_64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK_64
    return z ^ (z >> 31)


def seed_state(*parts):
    """Four words out of numbers and strings."""
    state = 0
    for part in parts:
        if isinstance(part, str):
            words = [2, len(part), *map(ord, part)]
        else:
            words = [1, struct.unpack(">Q", struct.pack(">d", part))[0]]
        for word in words:
            state = mix64(((state ^ word) + GOLDEN_GAMMA) & MASK_64)
    first = mix64((state + GOLDEN_GAMMA) & MASK_64)
    second = mix64((state + 2 * GOLDEN_GAMMA) & MASK_64)
    return first >> 32, first & MASK_32, second >> 32, second & MASK_32


def draws(*parts):
    """Unsigned 32-bit integers without end."""
    s0, s1, s2, s3 = seed_state(*parts)
    while True:
        product = (s1 * 5) & MASK_32
        yield ((((product << 7) | (product >> 25)) & MASK_32) * 9) & MASK_32
        t = (s1 << 9) & MASK_32
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= t
        s3 = ((s3 << 11) | (s3 >> 21)) & MASK_32


def epoch_order(seed, epoch, examples):
    """A permutation of 0 ... examples - 1; epochs count from 1."""
    order = list(range(examples))
    numbers = draws(seed, "order", epoch)
    for i in range(examples - 1, 0, -1):
        n = i + 1
        draw = next(numbers)
        limit = (1 << 32) - (1 << 32) % n  # draws above would favour small numbers
        while draw >= limit:
            draw = next(numbers)
        j = draw % n
        order[i], order[j] = order[j], order[i]
    return np.array(order, dtype=np.int64)
`;
