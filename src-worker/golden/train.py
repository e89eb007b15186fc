"""Golden vectors for ten steps of training through convolution, pools, dropout and batch normalisation, by PyTorch in float64.

Run from the root of the repository:

    python3 src-worker/golden/train.py && npx prettier --write src-worker/golden/train.json

Each case is a stack of layers with a cross-entropy output and plain gradient descent on one batch. Kept are the first and last
parameters, the cost before each update and the answers in evaluation mode. PyTorch normalises and differentiates; two things
are written out as docs/math.md has them: the running variance, which PyTorch divides by n - 1 and Layerlab by n, and the mask of
dropout, whose key is the one that layer 2 has under seed 1.
"""

import json
import pathlib
import platform
import zlib

import numpy
import torch

from layers import ACTIVATIONS, LAYERS, pair

SEED = 20240601
ROWS, OUTPUTS, STEPS = 6, 3, 10
LEARNING_RATE, L2 = 0.1, 0.01
KEY_OF_LAYER_2 = 611742426


def parameter(*shape):
    # Rounded to float32, so that both precisions start from the same numbers.
    return torch.randn(*shape).mul(0.7).double().requires_grad_()


def first_parameters(layers, shape):
    parameters = {}
    # Any images of the shape tell what every layer puts out.
    a = torch.zeros(2, *shape).double()
    for number, layer in enumerate(layers, start=1):
        own = {}
        if layer["kind"] == "dense":
            own = {"W": parameter(layer["units"], a[0].numel()), "b": parameter(layer["units"])}
        if layer["kind"] == "conv2d":
            own = {"W": parameter(layer["filters"], a.shape[1], *pair(layer["kernel"])), "b": parameter(layer["filters"])}
        if layer["kind"] == "batch-norm":
            channels = a.shape[1]
            own = {"gamma": parameter(channels), "beta": parameter(channels)}
            own.update({"mean": torch.zeros(channels).double(), "variance": torch.ones(channels).double()})
        parameters.update({f"{name}{number}": values for name, values in own.items()})
        a = LAYERS[layer["kind"]](a, layer, own, None)
    return parameters


def forward(layers, parameters, x, step):
    """Step None is evaluation. Returns the answers, and what the running statistics become."""
    a = x
    running = {}
    for number, layer in enumerate(layers, start=1):
        names = [name for name in ("W", "b", "gamma", "beta", "mean", "variance") if f"{name}{number}" in parameters]
        own = {name: parameters[f"{name}{number}"] for name in names}
        if layer["kind"] == "batch-norm" and step is not None:
            axes = [0] + list(range(2, a.dim()))
            batch = {"mean": a.detach().mean(dim=axes), "variance": a.detach().var(dim=axes, unbiased=False)}
            decay = layer["decay"]
            running.update({f"{n}{number}": decay * own[n] + (1 - decay) * now for n, now in batch.items()})
        a = LAYERS[layer["kind"]](a, {**layer, "key": KEY_OF_LAYER_2}, own, step)
        if "activation" in layer:
            a = ACTIVATIONS[layer["activation"]](a)
    return a, running


def train(layers, input_shape):
    torch.manual_seed(SEED + zlib.crc32(json.dumps(layers).encode()))
    x = torch.randn(ROWS, *input_shape).double()
    y = torch.nn.functional.one_hot(torch.randint(0, OUTPUTS, (ROWS,)), OUTPUTS).double()
    parameters = first_parameters(layers, input_shape)
    first = snapshot(parameters)
    costs = []
    for step in range(STEPS):
        answers, running = forward(layers, parameters, x, step)
        cost = -(y * torch.log(answers)).sum() / ROWS
        costs.append(cost.item())
        decay = sum((values**2).sum() for name, values in parameters.items() if name.startswith("W"))
        names = [name for name, values in parameters.items() if values.requires_grad]
        gradients = torch.autograd.grad(cost + L2 / 2 * decay, [parameters[name] for name in names])
        with torch.no_grad():
            for name, gradient in zip(names, gradients):
                parameters[name] -= LEARNING_RATE * gradient
        parameters.update(running)
    return {
        "name": " → ".join(layer["kind"] for layer in layers) + f" on {input_shape}",
        "layers": layers,
        "inputShape": input_shape,
        "x": x.flatten().tolist(),
        "y": y.flatten().tolist(),
        "rows": ROWS,
        "first": first,
        "costs": costs,
        "last": snapshot(parameters),
        "yHat": forward(layers, parameters, x, None)[0].detach().flatten().tolist(),
    }


def snapshot(parameters):
    return [
        {"name": name, "shape": list(values.shape), "values": values.detach().flatten().tolist()}
        for name, values in parameters.items()
    ]


def dense(units, activation):
    return {"kind": "dense", "units": units, "activation": activation, "initializer": {"kind": "zeros"}}


def conv(filters, kernel, activation, stride=1, padding="valid"):
    window = {"kernel": kernel, "stride": stride, "padding": padding}
    return {"kind": "conv2d", "filters": filters, **window, "activation": activation, "initializer": {"kind": "zeros"}}


def pool(kind, size, stride):
    return {"kind": kind, "size": size, "stride": stride}


FLATTEN = {"kind": "flatten"}
NORM = {"kind": "batch-norm", "decay": 0.9, "epsilon": 1e-3}
OUTPUT = dense(OUTPUTS, "softmax")
golden = {
    "source": "PyTorch automatic differentiation and batch_norm in float64",
    "generator": "src-worker/golden/train.py",
    "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": numpy.__version__},
    "seed": SEED,
    "tolerance": {"float64": 1e-9, "float32": 2e-5},
    "learningRate": LEARNING_RATE,
    "l2": L2,
    "keyOfLayer2": KEY_OF_LAYER_2,
    "cases": [
        train([dense(5, "tanh"), NORM, OUTPUT], [4]),
        train([NORM, dense(4, "gelu"), NORM, OUTPUT], [2, 3, 3]),
        train([dense(8, "tanh"), {"kind": "dropout", "rate": 0.3}, OUTPUT], [4]),
        train([NORM, {"kind": "dropout", "rate": 0.5}, dense(5, "gelu"), NORM, OUTPUT], [3, 2, 2]),
        train([conv(4, 3, "relu"), pool("max-pool2d", 2, 2), conv(5, [2, 3], "tanh", [1, 2], "same"), OUTPUT], [2, 9, 8]),
        train([conv(3, 4, "gelu", 2, "same"), NORM, pool("avg-pool2d", [2, 3], 1), FLATTEN, OUTPUT], [3, 7, 8]),
        train([conv(4, [3, 2], "leaky-relu", 1, 2), {"kind": "dropout", "rate": 0.4}, pool("max-pool2d", 3, 2), OUTPUT], [1, 6, 5]),
    ],
}
path = pathlib.Path(__file__).with_name("train.json")
path.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")
