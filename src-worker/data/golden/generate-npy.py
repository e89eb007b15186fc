"""Writes NumPy arrays of every type, byte order and axis order, as numpy.save writes them, with the values a reader must find.

    python3 src-worker/data/golden/generate-npy.py 1 1 > src-worker/data/golden/npy.json

made the stored file (with NumPy 1.24.2; then prettier). The arguments are a seed and how many shapes to draw for each type; npy.test.ts runs
it with others where there is a NumPy. Expected values are little-endian and row-major, in the type that the reader keeps.
"""

import base64
import io
import json
import sys

import numpy as np

seed, draws = int(sys.argv[1]), int(sys.argv[2])
random = np.random.default_rng(seed)

KEPT = {"i8": "<f8", "u8": "<f8", "f2": "<f4", "b1": "u1"}
SHAPES = [(), (0,), (3,), (2, 3), (3, 0), (2, 3, 4), (2, 1, 3, 2)]


def text(data):
    return base64.b64encode(data).decode()


def draw(code, shape):
    kind = code[0]
    size = int(code[1:])
    if kind == "b":
        return random.integers(0, 2, shape).astype("b1")
    raw = random.integers(0, 256, int(np.prod(shape)) * size, dtype="u1")
    values = raw.view("<" + code).reshape(shape)
    if kind == "f":
        # Bits at random, with infinities and zeros of both signs among them; NaNs have many bit patterns and are compared as NaN.
        values = values.copy()
        special = np.array([np.inf, -np.inf, 0.0, -0.0], "<" + code)
        flat = values.reshape(-1)
        flat[: min(4, flat.size)] = special[: min(4, flat.size)]
        values[np.isnan(values)] = 1.5
    return values


def save(array, version):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return out.getvalue()


entries = []
for code in ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]:
    for endian in "<>":
        for order in "CF":
            for n in range(draws):
                shape = SHAPES[3] if draws == 1 else SHAPES[n % len(SHAPES)]
                values = draw(code, shape)
                array = np.array(values, dtype=endian + code, order=order)
                version = [(1, 0), (2, 0), (3, 0)][len(entries) % 3]
                kept = np.ascontiguousarray(values).astype(KEPT.get(code, "<" + code))
                entries.append(
                    {
                        "name": f"{endian}{code} {order} {'x'.join(map(str, shape))} v{version[0]} {n}",
                        "npy": text(save(array, version)),
                        "shape": list(shape),
                        "kept": KEPT.get(code, "<" + code),
                        "expected": text(kept.tobytes(order="C")),
                    }
                )
json.dump({"numpy": np.__version__, "arrays": entries}, sys.stdout, indent=1)
