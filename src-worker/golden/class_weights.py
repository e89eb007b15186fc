"""Golden vectors for class weights: what PyTorch's own weighted losses and their gradients are, in float64.

Run from the root of the repository:

    python3 src-worker/golden/class_weights.py && npx prettier --write src-worker/golden/class_weights.json

The cost is (1/m) sum of w of the class times the loss: torch's reduction "sum" divided by m. Its reduction "mean" divides by the sum
of the weights instead, and is written down beside it.
"""

import json
import pathlib
import platform

import numpy
import torch

SEED = 20261122
ROWS, INPUTS = 12, 3


def parameter(*shape):
    # Rounded to float32, so that both precisions start from the same numbers.
    return torch.randn(*shape).mul(0.7).double().requires_grad_()


def case(name, classes, weights, single):
    torch.manual_seed(SEED + len(name))
    x = torch.randn(ROWS, INPUTS).double()
    right = torch.arange(ROWS) % classes
    outputs = 1 if single else classes
    W, b = parameter(outputs, INPUTS), parameter(outputs)
    z = x @ W.T + b
    w = torch.tensor(weights, dtype=torch.float64)
    if single:
        y = right[:, None].double()
        total = torch.nn.BCEWithLogitsLoss(weight=w[right][:, None], reduction="sum")(z, y)
        mean = None
    else:
        y = torch.nn.functional.one_hot(right, classes).double()
        total = torch.nn.CrossEntropyLoss(weight=w, reduction="sum")(z, right)
        mean = torch.nn.CrossEntropyLoss(weight=w)(z, right).item()
    cost = total / ROWS
    dW, db = torch.autograd.grad(cost, [W, b])
    tensors = {"x": x, "y": y, "W1": W, "b1": b, "dW1": dW, "db1": db}
    return {
        "name": name,
        "activation": "sigmoid" if single else "softmax",
        "loss": "logistic" if single else "cross-entropy",
        "weights": weights,
        "classes": right.tolist(),
        "cost": cost.item(),
        "torchMean": mean,
        "tensors": {
            key: {"shape": list(t.shape), "values": t.detach().flatten().tolist()} for key, t in tensors.items()
        },
    }


golden = {
    "source": "PyTorch, CrossEntropyLoss(weight) and BCEWithLogitsLoss(weight) in float64",
    "generator": "src-worker/golden/class_weights.py",
    "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": numpy.__version__},
    "seed": SEED,
    "tolerance": {"float64": 1e-9, "float32": 1e-5},
    "cases": [
        case("three classes", 3, [1.0, 2.5, 0.5], False),
        case("three classes, one left out", 3, [1.0, 0.0, 4.0], False),
        case("two classes, two outputs", 2, [0.25, 3.0], False),
        case("two classes, one output", 2, [0.25, 3.0], True),
    ],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")
