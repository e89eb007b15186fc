"""Compares traces with PyTorch's automatic differentiation, from the same weights and batch.

Reads a list of cases [{ "trace": PATH.npz, "layers": [LAYER, …], "loss": LOSS, "l2": NUMBER, "l1": NUMBER }] from standard input
and writes, for each case, { array: worst error }. A layer is as the document has it, with every field; one that draws at random
has its "key" beside them. PyTorch computes in float64 whatever the trace's type, so that only the trace's rounding is measured.

An error is the largest difference of an array over its largest entry, or over FLOOR.
"""

import json
import pathlib
import sys

import numpy
import torch
from torch.nn import functional

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "src-worker" / "golden"))
from layers import ACTIVATIONS, LAYERS, PARAMETERS

# The very first step of a run: what dropout draws is a function of it.
STEP = 0

# From z or a, summed over examples and outputs.
LOSSES = {
    "squared": lambda z, a, y: 0.5 * ((a - y) ** 2).sum(),
    "logistic": lambda z, a, y: functional.binary_cross_entropy_with_logits(z, y, reduction="sum"),
    "cross-entropy": lambda z, a, y: -(y * torch.log_softmax(z, dim=1)).sum(),
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
        names = PARAMETERS.get(layer["kind"], [])
        own = {name: tensor(f"{name}{number}").requires_grad_() for name in names}
        parameters.update({f"{name}{number}": values for name, values in own.items()})
        a = LAYERS[layer["kind"]](a, layer, own, STEP)
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
