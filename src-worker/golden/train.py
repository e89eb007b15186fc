"""Golden vectors for ten steps of training through dropout and batch normalisation, by PyTorch in float64.

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

SEED = 20240601
ROWS, OUTPUTS, STEPS = 6, 3, 10
LEARNING_RATE, L2 = 0.1, 0.01
KEY_OF_LAYER_2 = 611742426
WORD = 1 << 32

ACTIVATIONS = {"gelu": torch.nn.functional.gelu, "tanh": torch.tanh, "softmax": lambda z: torch.softmax(z, dim=1)}


def mix(h):
    h = ((h ^ (h >> 16)) * 0x7FEB352D) % WORD
    h = ((h ^ (h >> 15)) * 0x846CA68B) % WORD
    return h ^ (h >> 16)


def kept(key, step, rate, count):
    a = mix((mix(key) + step) % WORD)
    b = mix((a + key) % WORD)
    bits = [mix((mix((i + a) % WORD) + b) % WORD) for i in range(count)]
    return torch.tensor([value >= rate * WORD for value in bits], dtype=torch.float64)


def parameter(*shape):
    # Rounded to float32, so that both precisions start from the same numbers.
    return torch.randn(*shape).mul(0.7).double().requires_grad_()


def first_parameters(layers, shape):
    parameters = {}
    for number, layer in enumerate(layers, start=1):
        inputs = int(numpy.prod(shape))
        if layer["kind"] == "dense":
            parameters[f"W{number}"] = parameter(layer["units"], inputs)
            parameters[f"b{number}"] = parameter(layer["units"])
            shape = [layer["units"]]
        if layer["kind"] == "batch-norm":
            parameters[f"gamma{number}"] = parameter(shape[0])
            parameters[f"beta{number}"] = parameter(shape[0])
            parameters[f"mean{number}"] = torch.zeros(shape[0]).double()
            parameters[f"variance{number}"] = torch.ones(shape[0]).double()
    return parameters


def forward(layers, parameters, x, step):
    """Step None is evaluation. Returns the answers, and what the running statistics become."""
    a = x
    running = {}
    for number, layer in enumerate(layers, start=1):
        if layer["kind"] == "dense":
            z = a.flatten(1) @ parameters[f"W{number}"].T + parameters[f"b{number}"]
            a = ACTIVATIONS[layer["activation"]](z)
        if layer["kind"] == "dropout" and step is not None:
            mask = kept(KEY_OF_LAYER_2, step, layer["rate"], a.numel()).reshape(a.shape)
            a = a * mask / (1 - layer["rate"])
        if layer["kind"] == "batch-norm":
            names = [f"{name}{number}" for name in ("mean", "variance")]
            mean, variance = (parameters[name] for name in names)
            scale, shift = parameters[f"gamma{number}"], parameters[f"beta{number}"]
            if step is not None:
                axes = [0] + list(range(2, a.dim()))
                batch = [a.detach().mean(dim=axes), a.detach().var(dim=axes, unbiased=False)]
                decay = layer["decay"]
                running.update({n: decay * parameters[n] + (1 - decay) * now for n, now in zip(names, batch)})
            a = torch.nn.functional.batch_norm(
                a, mean.clone(), variance.clone(), scale, shift, training=step is not None, eps=layer["epsilon"]
            )
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
    ],
}
path = pathlib.Path(__file__).with_name("train.json")
path.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")
