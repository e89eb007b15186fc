"""The arrays of a workload as NumPy has them."""

import numpy as np


def read(file, shape):
    """A fresh, aligned, C-ordered float32 array from a raw file."""
    return np.fromfile(file, dtype="<f4").astype(np.float32).reshape(shape)


def examples(task, flat=True):
    """x `[examples, features]`, or `[examples, channels, height, width]` where it is not to be flat; y `[examples, outputs]`."""
    x = read(task["x"], (task["examples"], -1) if flat else (task["examples"], *task["inputShape"]))
    return x, read(task["y"], (task["examples"], -1))


def weights(task):
    """(W, b) for each layer, W `[units, inputs]` or `[filters, channels, kernel, kernel]`; None for layers without."""
    return [
        None if files is None else (read(files["W"], files["shape"]), read(files["b"], (-1,)))
        for files in task["weights"]
    ]


def factors(task):
    """A and B of a product, as they are stored."""
    m, k, n = task["m"], task["k"], task["n"]
    a = read(task["a"], (k, m) if task["variant"] == "TN" else (m, k))
    b = read(task["b"], (n, k) if task["variant"] == "NT" else (k, n))
    return a, b
