"""PyTorch as its users write it: modules, its losses, its automatic gradients, its optimizer."""

import arrays
import torch
from torch import nn


def title():
    return f"PyTorch {torch.__version__.split('+')[0]}"


def about():
    library = "MKL" if torch.backends.mkl.is_available() else "without MKL"
    return f"{library}, float32"


ACTIVATIONS = {"tanh": nn.Tanh, "relu": nn.ReLU}


def modules(task, initial):
    """The network before the output's activation, which the losses bring, with the weights as they start."""
    found = []
    channels = task["inputShape"][0]
    for layer, weights in zip(task["layers"], initial):
        if layer["kind"] == "max-pool2d":
            found.append(nn.MaxPool2d(layer["size"]))
            continue
        W, b = (torch.from_numpy(array) for array in weights)
        if layer["kind"] == "conv2d":
            found.append(nn.Conv2d(channels, layer["filters"], layer["kernel"]))
            channels = layer["filters"]
        else:
            if found and isinstance(found[-1], nn.MaxPool2d):
                found.append(nn.Flatten())
            found.append(nn.Linear(W.shape[1], W.shape[0]))
        with torch.no_grad():
            found[-1].weight.copy_(W)
            found[-1].bias.copy_(b)
        if layer["activation"] in ACTIVATIONS:
            found.append(ACTIVATIONS[layer["activation"]]())
    return found


class Training:
    def __init__(self, task):
        self.task = task
        self.initial = arrays.weights(task)
        x, y = (torch.from_numpy(array) for array in arrays.examples(task, flat=len(task["inputShape"]) == 1))
        rows = task["training"]["batchSize"]
        if task["loss"] == "cross-entropy":
            self.loss_of, y = nn.CrossEntropyLoss(), y.argmax(dim=1)
        else:
            self.loss_of = nn.BCEWithLogitsLoss()
        self.x, self.y = x, y
        self.batches = list(zip(x.split(rows), y.split(rows)))

    def reset(self, rate):
        self.model = nn.Sequential(*modules(self.task, self.initial))
        self.optimizer = sgd(self.model.parameters(), rate, self.task["training"]["momentum"])
        self.next = 0

    def run(self, steps):
        model, optimizer, loss_of, batches = self.model, self.optimizer, self.loss_of, self.batches
        for _ in range(steps):
            x, y = batches[self.next]
            self.next = (self.next + 1) % len(batches)
            optimizer.zero_grad(set_to_none=True)
            loss_of(model(x), y).backward()
            optimizer.step()

    def loss(self):
        with torch.no_grad():
            return self.loss_of(self.model(self.x), self.y).item()


def sgd(parameters, rate, momentum):
    """Its v = βv + g, W −= αv. Fused into one pass over the weights where this version has it on the CPU."""
    parameters = list(parameters)
    try:
        return torch.optim.SGD(parameters, lr=rate, momentum=momentum, fused=True)
    except (TypeError, RuntimeError):
        return torch.optim.SGD(parameters, lr=rate, momentum=momentum)


class Product:
    def __init__(self, task):
        a, b = (torch.from_numpy(array) for array in arrays.factors(task))
        self.a = a.T if task["variant"] == "TN" else a
        self.b = b.T if task["variant"] == "NT" else b
        self.c = torch.empty(task["m"], task["n"])

    def run(self, times):
        for _ in range(times):
            torch.mm(self.a, self.b, out=self.c)

    def result(self):
        return self.c.numpy()


def train(task, threads):
    torch.set_num_threads(threads)
    return Training(task)


def multiply(task, threads):
    torch.set_num_threads(threads)
    return Product(task)
