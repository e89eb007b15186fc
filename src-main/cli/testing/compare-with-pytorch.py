"""Compares traces with PyTorch's automatic differentiation, from the same weights and batch.

Reads a list of cases [{ "trace": PATH.npz, "layers": [ACTIVATION, …], "loss": LOSS, "l2": NUMBER }] from standard input and
writes, for each case, { array: worst error }. An error is the largest difference of an array over its largest entry.
PyTorch computes in float64 whatever the trace's type, so that only the trace's rounding is measured.
"""

import json
import sys

import numpy
import torch

ACTIVATIONS = {
    "identity": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky-relu": torch.nn.functional.leaky_relu,
    "elu": torch.nn.functional.elu,
    "gelu": torch.nn.functional.gelu,
    "softmax": lambda z: torch.softmax(z, dim=1),
}

# From z or a, summed over examples and outputs.
LOSSES = {
    "squared": lambda z, a, y: 0.5 * ((a - y) ** 2).sum(),
    "logistic": lambda z, a, y: torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="sum"),
    "cross-entropy": lambda z, a, y: -(y * torch.log_softmax(z, dim=1)).sum(),
}


def recompute(given, layers, loss_kind, l2):
    tensor = lambda name: torch.tensor(given[name].astype(numpy.float64))
    y = tensor("y")
    a = tensor("x")
    rows = len(a)
    computed = {}
    parameters = []
    sums = []
    for number, activation in enumerate(layers, start=1):
        W = tensor(f"W{number}").requires_grad_()
        b = tensor(f"b{number}").requires_grad_()
        z = a @ W.T + b
        z.retain_grad()
        a = ACTIVATIONS[activation](z)
        parameters.append((number, W, b))
        sums.append((number, z))
        computed[f"z{number}"] = z
        computed[f"a{number}"] = a
    loss = LOSSES[loss_kind](z, a, y) / rows
    cost = loss + l2 / 2 * sum((W**2).sum() for _, W, _ in parameters)
    cost.backward()
    for number, z in sums:
        computed[f"delta{number}"] = z.grad * rows
    for number, W, b in parameters:
        computed[f"dW{number}"] = W.grad
        computed[f"db{number}"] = b.grad
    computed["yHat"] = a
    computed["loss"] = loss
    return {name: value.detach().numpy() for name, value in computed.items()}


def error(given, expected):
    if given.shape != expected.shape:
        return None
    scale = numpy.abs(expected).max()
    worst = numpy.abs(given.astype(numpy.float64) - expected).max()
    return float(worst / scale) if scale > 0 else float(worst)


results = []
for case in json.load(sys.stdin):
    with numpy.load(case["trace"]) as given:
        expected = recompute(given, case["layers"], case["loss"], case["l2"])
        results.append({name: error(given[name], expected[name]) for name in expected})
json.dump(results, sys.stdout)
