"""Compares traces with PyTorch's automatic differentiation, from the same weights and batch.

Reads a list of cases [{ "trace": PATH.npz, "layers": [LAYER, …], "loss": LOSS, "l2": NUMBER, "l1": NUMBER }] from standard input
and writes, for each case, { array: worst error }. A layer is as the document has it, with every field; one that draws at random
has its "key" beside them. PyTorch computes in float64 whatever the trace's type, so that only the trace's rounding is measured.

An error is the largest difference of an array over its largest entry, or over the floor that `error` describes. Two things are
written out as docs/math.md has them, because PyTorch has no such thing: the mask of dropout, and batch normalisation of a single
number, which gives its shift.
"""

import json
import sys

import numpy
import torch
from torch.nn import functional

ACTIVATIONS = {
    "identity": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky-relu": functional.leaky_relu,
    "elu": functional.elu,
    "gelu": functional.gelu,
    # Over all numbers of a layer, whatever their shape.
    "softmax": lambda z: torch.softmax(z.flatten(1), dim=1).reshape(z.shape),
}

# From z or a, summed over examples and outputs.
LOSSES = {
    "squared": lambda z, a, y: 0.5 * ((a - y) ** 2).sum(),
    "logistic": lambda z, a, y: functional.binary_cross_entropy_with_logits(z, y, reduction="sum"),
    "cross-entropy": lambda z, a, y: -(y * torch.log_softmax(z, dim=1)).sum(),
}

WORD = 1 << 32


def mix(h):
    h = ((h ^ (h >> 16)) * 0x7FEB352D) % WORD
    h = ((h ^ (h >> 15)) * 0x846CA68B) % WORD
    return h ^ (h >> 16)


def kept(key, step, rate, count):
    """Which numbers of a batch dropout keeps: docs/math.md, What is kept and what is drawn."""
    a = mix((mix(key) + step) % WORD)
    b = mix((a + key) % WORD)
    bits = [mix((mix((i + a) % WORD) + b) % WORD) for i in range(count)]
    return torch.tensor([value >= rate * WORD for value in bits], dtype=torch.float64)


def pair(extent):
    return (extent, extent) if isinstance(extent, int) else tuple(extent)


def padded(image, layer):
    """Zeros around an image; those of `same` give ceil(n / stride) outputs, the odd one below and to the right."""
    sides = []
    for size, kernel, stride in zip(image.shape[2:], pair(layer["kernel"]), pair(layer["stride"])):
        if layer["padding"] == "same":
            zeros = max(0, (-(-size // stride) - 1) * stride + kernel - size)
            sides.append((zeros // 2, zeros - zeros // 2))
        else:
            each = 0 if layer["padding"] == "valid" else layer["padding"]
            sides.append((each, each))
    (above, below), (left, right) = sides
    return functional.pad(image, (left, right, above, below))


# What each kind computes from its input `a` and its parameters, before the activation.
def dense(a, layer, W, b):
    return a.flatten(1) @ W.T + b


def conv2d(a, layer, W, b):
    return functional.conv2d(padded(a, layer), W, b, stride=pair(layer["stride"]))


def max_pool2d(a, layer):
    return functional.max_pool2d(a, pair(layer["size"]), pair(layer["stride"]))


def avg_pool2d(a, layer):
    return functional.avg_pool2d(a, pair(layer["size"]), pair(layer["stride"]))


def flatten(a, layer):
    return a.flatten(1)


def dropout(a, layer):
    # The very first step of a run.
    mask = kept(layer["key"], 0, layer["rate"], a.numel()).reshape(a.shape)
    return a * mask / (1 - layer["rate"])


def batch_norm(a, layer, gamma, beta):
    if a.numel() == a.shape[1]:
        return 0 * a + beta.reshape([1, -1] + [1] * (a.dim() - 2)) + 0 * gamma.sum()
    return functional.batch_norm(a, None, None, gamma, beta, training=True, eps=layer["epsilon"])


LAYERS = {
    "dense": (dense, ["W", "b"]),
    "conv2d": (conv2d, ["W", "b"]),
    "max-pool2d": (max_pool2d, []),
    "avg-pool2d": (avg_pool2d, []),
    "flatten": (flatten, []),
    "dropout": (dropout, []),
    "batch-norm": (batch_norm, ["gamma", "beta"]),
}


def recompute(given, layers, loss_kind, l2, l1):
    tensor = lambda name: torch.tensor(given[name].astype(numpy.float64))
    y = tensor("y")
    a = tensor("x")
    rows = len(a)
    computed = {}
    parameters = {}
    sums = {}
    for number, layer in enumerate(layers, start=1):
        compute, names = LAYERS[layer["kind"]]
        own = {f"{name}{number}": tensor(f"{name}{number}").requires_grad_() for name in names}
        parameters.update(own)
        a = compute(a, layer, *own.values())
        if "activation" in layer:
            z = a
            if not z.requires_grad:
                z.requires_grad_()
            z.retain_grad()
            sums[number] = z
            computed[f"z{number}"] = z
            a = ACTIVATIONS[layer["activation"]](z)
        computed[f"a{number}"] = a
    loss = LOSSES[loss_kind](z, a, y) / rows
    weights = [values for name, values in parameters.items() if name.startswith("W")]
    cost = loss + sum(l2 / 2 * (W**2).sum() + l1 * W.abs().sum() for W in weights)
    cost.backward()
    for number, z in sums.items():
        computed[f"delta{number}"] = z.grad * rows
    for name, values in parameters.items():
        computed[f"d{name}"] = values.grad
    computed["yHat"] = a
    computed["loss"] = loss
    return {name: value.detach().numpy() for name, value in {**parameters, **computed}.items()}


# Below this an array is compared absolutely. Features and targets are of the size of 1, and what comes out of their differences
# carries the rounding of that size: the gradient of a bias before a batch normalisation is exactly 0, and float32 leaves some
# 1e-8 of it.
FLOOR = 0.1


def error(given, expected):
    if given.shape != expected.shape:
        return None
    if given.size == 0:
        return 0.0
    scale = max(numpy.abs(expected).max(), FLOOR)
    worst = numpy.abs(given.astype(numpy.float64) - expected).max()
    return float(worst / scale)


results = []
for case in json.load(sys.stdin):
    with numpy.load(case["trace"]) as given:
        expected = recompute(given, case["layers"], case["loss"], case["l2"], case["l1"])
        # An array that only one of the two has is an error too.
        unknown = {name: None for name in given.files if name not in expected and name not in ("x", "y")}
        errors = {name: error(given[name], expected[name]) if name in given.files else None for name in expected}
        results.append({**errors, **unknown})
json.dump(results, sys.stdout)
