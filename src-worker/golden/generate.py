"""Golden vectors for one training step, computed by PyTorch's automatic differentiation in float64.

Run from the root of the repository:

    python3 src-worker/golden/generate.py && npx prettier --write src-worker/golden/trace.json

The step is what the engine's trace shows: x, y, yHat, the cost without L2, and for each layer W b z a delta dW db. delta is the
derivative of each example's loss by z, without the 1/m; dW and db are derivatives of the cost, with its 1/m and its L2 term.
Nothing here knows a derivative: losses are written as the notes define them, from a, and autograd does the rest.
"""

import json
import pathlib
import platform
import zlib

import numpy
import torch

from layers import ACTIVATIONS

SEED = 20240501
ROWS, INPUTS, HIDDEN, OUTPUTS = 4, 3, 4, 3
L2 = 0.1

# Losses of each example, summed over its outputs.
LOSSES = {
    "squared": lambda a, y: 0.5 * ((a - y) ** 2).sum(dim=1),
    "logistic": lambda a, y: -(y * torch.log(a) + (1 - y) * torch.log(1 - a)).sum(dim=1),
    "cross-entropy": lambda a, y: -(y * torch.log(a)).sum(dim=1),
}

LOSS_OUTPUTS = {
    "squared": ["identity", "sigmoid", "tanh", "relu", "leaky-relu", "elu", "gelu", "softmax"],
    "logistic": ["sigmoid"],
    "cross-entropy": ["softmax"],
}


def targets(loss):
    if loss == "squared":
        return torch.randn(ROWS, OUTPUTS, dtype=torch.float64)
    if loss == "logistic":
        return torch.randint(0, 2, (ROWS, OUTPUTS)).double()
    return torch.nn.functional.one_hot(torch.randint(0, OUTPUTS, (ROWS,)), OUTPUTS).double()


def parameter(*shape):
    # Rounded to float32, so that both precisions start from the same numbers.
    return torch.randn(*shape).mul(0.7).double().requires_grad_()


def trace(layers, loss):
    name = f"{' → '.join(activation for _, activation in layers)}, {loss}"
    # A seed of its own, so that a further case leaves the others as they are.
    torch.manual_seed(SEED + zlib.crc32(name.encode()))
    x = torch.randn(ROWS, INPUTS).double()
    y = targets(loss).float().double()
    sizes = [INPUTS] + [units for units, _ in layers]
    weights = [parameter(after, before) for before, after in zip(sizes, sizes[1:])]
    biases = [parameter(after) for after in sizes[1:]]
    tensors = {"x": x, "y": y}
    zs = []
    a = x
    for number, ((_, activation), W, b) in enumerate(zip(layers, weights, biases), start=1):
        z = a @ W.T + b
        z.retain_grad()
        zs.append(z)
        a = ACTIVATIONS[activation](z)
        tensors.update({f"W{number}": W, f"b{number}": b, f"z{number}": z, f"a{number}": a})
    tensors["yHat"] = a
    total = LOSSES[loss](a, y).sum()
    total.backward(retain_graph=True)
    for number, z in enumerate(zs, start=1):
        tensors[f"delta{number}"] = z.grad.clone()
    cost = total / ROWS + L2 / 2 * sum((W**2).sum() for W in weights)
    gradients = torch.autograd.grad(cost, weights + biases)
    for number in range(1, len(layers) + 1):
        tensors[f"dW{number}"] = gradients[number - 1]
        tensors[f"db{number}"] = gradients[len(layers) + number - 1]
    return {
        "name": name,
        "layers": [{"units": units, "activation": activation} for units, activation in layers],
        "loss": loss,
        "cost": (total / ROWS).item(),
        "tensors": {
            name: {"shape": list(t.shape), "values": t.detach().flatten().tolist()} for name, t in tensors.items()
        },
    }


def cases():
    # Every hidden activation under every loss, then every other output of the squared loss, then a single layer and three.
    for hidden in ACTIVATIONS:
        for loss, outputs in LOSS_OUTPUTS.items():
            yield trace([(HIDDEN, hidden), (OUTPUTS, outputs[0])], loss)
    for output in LOSS_OUTPUTS["squared"][1:]:
        yield trace([(HIDDEN, "tanh"), (OUTPUTS, output)], "squared")
    yield trace([(OUTPUTS, "sigmoid")], "logistic")
    yield trace([(HIDDEN, "relu"), (HIDDEN, "tanh"), (OUTPUTS, "softmax")], "cross-entropy")


golden = {
    "source": "PyTorch automatic differentiation in float64",
    "generator": "src-worker/golden/generate.py",
    "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": numpy.__version__},
    "seed": SEED,
    "tolerance": {"float64": 1e-9, "float32": 1e-5},
    "l2": L2,
    "cases": list(cases()),
}
path = pathlib.Path(__file__).with_name("trace.json")
path.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")
