"""Principal components by NumPy's symmetric eigensolver (LAPACK), for principal-components.test.ts.

    python3 src-worker/insight/boundary/golden/generate-components.py > src-worker/insight/boundary/golden/components.json
"""

import json
import sys

import numpy as np


def case(name, x):
    centred = x - x.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred)
    order = np.argsort(values)[::-1]
    whole = values.sum()
    directions = []
    for k in order[:2]:
        p = vectors[:, k]
        directions.append(list(p if p[np.argmax(np.abs(p))] > 0 else -p))
    return {
        "name": name,
        "x": x.tolist(),
        "mean": list(x.mean(axis=0)),
        "directions": directions,
        "shares": [values[k] / whole for k in order[:2]],
    }


random = np.random.default_rng(1)
mixed = random.normal(size=(40, 5)) @ random.normal(size=(5, 5)) + random.normal(size=5)
wide = random.normal(size=(7, 12)) * np.arange(1, 13)
two = random.normal(size=(30, 2))
scaled = random.normal(size=(60, 9)) * 10.0 ** np.arange(-4, 5)
cases = [case("mixed", mixed), case("wide", wide), case("two columns", two), case("scales far apart", scaled)]
json.dump({"numpy": np.__version__, "cases": cases}, sys.stdout)
sys.stdout.write("\n")
