"""Trains scikit-learn on the rows and inputs that scripts/real-tables.mjs hands over; prints its scores and the baseline's."""

import json
import sys

import numpy as np
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor

request = json.load(sys.stdin)
regression = request["task"] == "regression"


def part(name):
    given = request["parts"][name]
    x = np.array(given["x"]).reshape(given["count"], -1)
    y = np.array(given["y"]).reshape(given["count"], -1)
    if regression:
        return x, y[:, 0]
    return x, (y[:, 0].astype(int) if y.shape[1] == 1 else y.argmax(axis=1))


def scores(model):
    model.fit(*part("train"))
    return {name: model.score(*part(name)) for name in ("dev", "test")}


# The defaults of scikit-learn 1.x but for the hidden layer, which is Layerlab's, and for enough epochs to settle.
kind = MLPRegressor if regression else MLPClassifier
network = kind(hidden_layer_sizes=(request["units"],), activation="tanh", max_iter=1000, random_state=1)
baseline = DummyRegressor() if regression else DummyClassifier()
json.dump({**scores(network), "baseline": scores(baseline)["test"]}, sys.stdout)
