"""NumPy, written by hand as for speed: float32, every array made before the loop, products into them."""

import gzip

import arrays
import numpy as np
from host import Cannot


def title():
    return f"NumPy {np.__version__}, written by hand"


def about():
    return f"{blas()}, float32"


def blas():
    try:
        import threadpoolctl

        found = [library["internal_api"] for library in threadpoolctl.threadpool_info() if library["user_api"] == "blas"]
        return {"openblas": "OpenBLAS", "mkl": "MKL", "blis": "BLIS"}.get(found[0], found[0])
    except (ImportError, IndexError):
        return "its BLAS"


def sigmoid(z, out):
    np.negative(z, out=out)
    np.exp(out, out=out)
    out += 1
    np.reciprocal(out, out=out)


def softmax(z, out):
    np.subtract(z, z.max(axis=1, keepdims=True), out=out)
    np.exp(out, out=out)
    out /= out.sum(axis=1, keepdims=True)


class Layer:
    """a = g(x W + b); W is `[inputs, units]` here, which is how NumPy users write it."""

    def __init__(self, W, b, activation, rows):
        self.initial = (np.ascontiguousarray(W.T), b)
        self.W, self.b = (array.copy() for array in self.initial)
        self.dW, self.db = np.empty_like(self.W), np.empty_like(self.b)
        self.vW, self.vb = np.zeros_like(self.W), np.zeros_like(self.b)
        self.activation = activation
        self.a = np.empty((rows, len(b)), np.float32)
        self.delta = np.empty_like(self.a)
        self.slope = np.empty_like(self.a)

    def reset(self):
        self.W[...], self.b[...] = self.initial
        self.vW[...] = 0
        self.vb[...] = 0

    def forward(self, x):
        a = self.a
        np.dot(x, self.W, out=a)
        a += self.b
        if self.activation == "tanh":
            np.tanh(a, out=a)
        elif self.activation == "relu":
            np.maximum(a, 0, out=a)
        elif self.activation == "sigmoid":
            sigmoid(a, a)
        else:
            softmax(a, a)
        return a

    def through_activation(self):
        """delta = da · g′(z), with g′ from a; delta holds da before."""
        if self.activation == "tanh":
            np.multiply(self.a, self.a, out=self.slope)
            np.subtract(1, self.slope, out=self.slope)
            self.delta *= self.slope
        else:
            self.delta *= self.a > 0

    def update(self, rate, momentum):
        if momentum == 0:
            self.dW *= rate
            self.db *= rate
            self.W -= self.dW
            self.b -= self.db
            return
        for parameter, gradient, v in ((self.W, self.dW, self.vW), (self.b, self.db, self.vb)):
            v *= momentum
            v += gradient
            np.multiply(v, rate, out=gradient)
            parameter -= gradient


class Training:
    def __init__(self, task):
        if any(layer["kind"] != "dense" for layer in task["layers"]):
            raise Cannot("it has no convolution")
        self.task = task
        self.x, self.y = arrays.examples(task)
        rows = task["training"]["batchSize"]
        self.momentum = np.float32(task["training"]["momentum"])
        self.layers = [
            Layer(W, b, layer["activation"], rows) for (W, b), layer in zip(arrays.weights(task), task["layers"])
        ]
        self.batches = [(self.x[i : i + rows], self.y[i : i + rows]) for i in range(0, len(self.x), rows)]
        self.share = np.float32(1 / rows)

    def reset(self, rate):
        for layer in self.layers:
            layer.reset()
        self.rate = np.float32(rate)
        self.next = 0

    def run(self, steps):
        layers, share = self.layers, self.share
        for _ in range(steps):
            x, y = self.batches[self.next]
            self.next = (self.next + 1) % len(self.batches)
            inputs = []
            a = x
            for layer in layers:
                inputs.append(a)
                a = layer.forward(a)
            # Sigmoid with the logistic loss and softmax with cross-entropy both have ∂L/∂z = ŷ − y.
            last = layers[-1]
            np.subtract(a, y, out=last.delta)
            last.delta *= share
            for l in range(len(layers) - 1, -1, -1):
                layer = layers[l]
                np.dot(inputs[l].T, layer.delta, out=layer.dW)
                np.sum(layer.delta, axis=0, out=layer.db)
                if l > 0:
                    below = layers[l - 1]
                    np.dot(layer.delta, layer.W.T, out=below.delta)
                    below.through_activation()
            for layer in layers:
                layer.update(self.rate, self.momentum)

    def loss(self):
        a = self.x
        for layer in self.layers[:-1]:
            z = a @ layer.W + layer.b
            a = np.tanh(z) if layer.activation == "tanh" else np.maximum(z, 0)
        z = (a @ self.layers[-1].W + self.layers[-1].b).astype(np.float64)
        if self.task["loss"] == "logistic":
            return np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - self.y * z)
        top = z.max(axis=1, keepdims=True)
        return np.mean(top[:, 0] + np.log(np.exp(z - top).sum(axis=1)) - (self.y * z).sum(axis=1))


class Product:
    def __init__(self, task):
        a, b = arrays.factors(task)
        self.a = a.T if task["variant"] == "TN" else a
        self.b = b.T if task["variant"] == "NT" else b
        self.c = np.empty((task["m"], task["n"]), np.float32)

    def run(self, times):
        for _ in range(times):
            np.dot(self.a, self.b, out=self.c)

    def result(self):
        return self.c


def train(task, _threads):
    return Training(task)


def multiply(task, _threads):
    return Product(task)


class Reading:
    """loadtxt, whose parser is in C since NumPy 1.23; load; and for IDX what everybody writes by hand."""

    def __init__(self, task):
        self.path = task["path"]
        self.columns = task["columns"]
        self.read = {"csv": self.csv, "npy": self.npy, "idx": self.idx}[task["format"]]

    def csv(self):
        return np.loadtxt(self.path, delimiter=",", skiprows=1)

    def npy(self):
        return np.load(self.path)

    def idx(self):
        with gzip.open(self.path) as file:
            return np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, self.columns)

    def run(self, times):
        for _ in range(times):
            self.values = self.read()

    def value_at(self, row, column):
        return self.values[row, column]


def read(task, _threads):
    return Reading(task)
