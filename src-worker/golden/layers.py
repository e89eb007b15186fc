"""What every kind of layer and activation computes, in PyTorch: one statement of them for all comparisons.

A layer is as the document has it, with every field; dropout has its "key" beside them. PyTorch convolves, pools, normalises and
differentiates. Written out as docs/math.md has it is only what PyTorch has not: the mask of dropout, the side on which `same` puts
the odd zero, and batch normalisation of a single number, which gives its shift.
"""

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


# Each takes its input, the layer, its own parameters by name and the step, None in evaluation; before any activation.
def dense(a, layer, own, step):
    return a.flatten(1) @ own["W"].T + own["b"]


def conv2d(a, layer, own, step):
    return functional.conv2d(padded(a, layer), own["W"], own["b"], stride=pair(layer["stride"]))


def max_pool2d(a, layer, own, step):
    return functional.max_pool2d(a, pair(layer["size"]), pair(layer["stride"]))


def avg_pool2d(a, layer, own, step):
    return functional.avg_pool2d(a, pair(layer["size"]), pair(layer["stride"]))


def flatten(a, layer, own, step):
    return a.flatten(1)


def dropout(a, layer, own, step):
    if step is None:
        return a
    mask = kept(layer["key"], step, layer["rate"], a.numel()).reshape(a.shape)
    return a * mask / (1 - layer["rate"])


def batch_norm(a, layer, own, step):
    if step is not None and a.numel() == a.shape[1]:
        return 0 * a + own["beta"].reshape([1, -1] + [1] * (a.dim() - 2)) + 0 * own["gamma"].sum()
    mean, variance = (own[name].clone() if name in own else None for name in ("mean", "variance"))
    return functional.batch_norm(
        a, mean, variance, own["gamma"], own["beta"], training=step is not None, eps=layer["epsilon"]
    )


LAYERS = {
    "dense": dense,
    "conv2d": conv2d,
    "max-pool2d": max_pool2d,
    "avg-pool2d": avg_pool2d,
    "flatten": flatten,
    "dropout": dropout,
    "batch-norm": batch_norm,
}

# Trained parameters of each kind, in the order in which they are saved.
PARAMETERS = {"dense": ["W", "b"], "conv2d": ["W", "b"], "batch-norm": ["gamma", "beta"]}
