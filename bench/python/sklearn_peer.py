"""scikit-learn's MLPClassifier with its SGD solver, in float32, an epoch or a part of one a call."""

import arrays
import numpy as np
import sklearn
from host import Cannot
from sklearn.neural_network import MLPClassifier


def title():
    return f"scikit-learn {sklearn.__version__} MLPClassifier"


def about():
    return "NumPy and SciPy, float32"


class Training:
    def __init__(self, task):
        *hidden, _ = task["layers"]
        if any(layer["kind"] != "dense" for layer in task["layers"]):
            raise Cannot("it has dense layers only")
        self.task = task
        self.weights = arrays.weights(task)
        self.x, y = arrays.examples(task)
        self.y = y.argmax(axis=1) if y.shape[1] > 1 else y[:, 0].astype(int)
        self.classes = np.arange(max(2, y.shape[1]))
        self.rows = task["training"]["batchSize"]
        self.hidden = [layer["units"] for layer in hidden]
        self.activation = hidden[0]["activation"]

    def reset(self, rate):
        training = self.task["training"]
        self.model = MLPClassifier(
            hidden_layer_sizes=self.hidden,
            activation=self.activation,
            solver="sgd",
            alpha=0,
            batch_size=self.rows,
            learning_rate_init=rate,
            momentum=training["momentum"],
            nesterovs_momentum=False,
            shuffle=False,
        )
        # It makes its weights in its first call: let it, then put ours in their place and stop what it set in motion.
        self.model.partial_fit(self.x[: self.rows], self.y[: self.rows], classes=self.classes)
        for (W, b), theirs, bias in zip(self.weights, self.model.coefs_, self.model.intercepts_):
            theirs[...] = W.T
            bias[...] = b
        for v in self.model._optimizer.velocities:
            v[...] = 0
        self.next = 0

    def run(self, steps):
        batches = len(self.x) // self.rows
        while steps > 0:
            count = min(steps, batches - self.next)
            part = slice(self.next * self.rows, (self.next + count) * self.rows)
            self.model.partial_fit(self.x[part], self.y[part])
            self.next = (self.next + count) % batches
            steps -= count

    def loss(self):
        p = self.model.predict_proba(self.x).astype(np.float64)
        return -np.mean(np.log(p[np.arange(len(self.y)), self.y]))


def train(task, _threads):
    return Training(task)


def multiply(_task, _threads):
    raise Cannot("it multiplies with NumPy")
