"""Writes metrics.json: predictions and what scikit-learn says of them. Run again only to add cases."""

import json
import platform
from pathlib import Path

import numpy as np
import sklearn
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    mean_absolute_error,
    mean_squared_error,
    precision_recall_fscore_support,
    r2_score,
    roc_auc_score,
    top_k_accuracy_score,
)

SEED = 20260310


def classes(name, rows, count, sharpness, single=False):
    """`rows` answers over `count` classes; a larger sharpness makes more of them right."""
    random = np.random.default_rng([SEED, rows, count, int(single)])
    right = random.integers(0, count, rows)
    z = random.normal(size=(rows, count))
    z[np.arange(rows), right] += sharpness
    if count <= 3:
        z = np.round(z, 1)  # equal outputs happen; scikit-learn's top-k takes the last of them, ours the first
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    if single:
        yhat = p[:, 1:2]
        y = right[:, None].astype(float)
        answer = (yhat[:, 0] >= 0.5).astype(int)
        score = yhat[:, 0]
    else:
        yhat = p
        y = np.eye(count)[right]
        answer = p.argmax(axis=1)
        score = p[:, 1] - p[:, 0]
    precision, recall, f1, support = precision_recall_fscore_support(
        right, answer, labels=range(count), zero_division=0
    )
    macro = [float(np.mean(v)) for v in (precision, recall, f1)]
    return {
        "name": name,
        "task": "binary" if count == 2 else "multi-class",
        "columns": int(yhat.shape[1]),
        "yHat": yhat.ravel().tolist(),
        "y": y.ravel().tolist(),
        "expected": {
            "accuracy": accuracy_score(right, answer),
            "top-k": float(top_k_accuracy_score(right, yhat, k=3, labels=range(count))) if count > 3 else None,
            "precision": macro[0],
            "recall": macro[1],
            "f1": macro[2],
            "auc": float(roc_auc_score(right, score)) if count == 2 else None,
        },
        "confusion": confusion_matrix(right, answer, labels=range(count)).ravel().tolist(),
        "figures": [
            {"support": int(s), "precision": float(p_), "recall": float(r), "f1": float(f)}
            for s, p_, r, f in zip(support, precision, recall, f1)
        ],
    }


def regression(name, rows, noise, deviation):
    random = np.random.default_rng([SEED, rows])
    y = random.normal(size=rows)
    yhat = y + noise * random.normal(size=rows)
    return {
        "name": name,
        "task": "regression",
        "columns": 1,
        "deviation": deviation,
        "yHat": yhat.tolist(),
        "y": y.tolist(),
        "expected": {
            "rmse": float(np.sqrt(mean_squared_error(y, yhat))) * deviation,
            "mae": float(mean_absolute_error(y, yhat)) * deviation,
            "r2": float(r2_score(y, yhat)),
        },
    }


cases = [
    classes("two classes, one output", 60, 2, 1.0, single=True),
    classes("two classes, two outputs", 61, 2, 0.5),
    classes("three classes", 45, 3, 1.0),
    classes("seven classes, many wrong", 90, 7, 0.6),
    classes("five classes, few rows", 6, 5, 0.2),
    regression("good", 40, 0.3, 12.5),
    regression("worse than the mean", 25, 3.0, 1.0),
]

Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "source": "scikit-learn",
            "generator": "src-worker/golden/metrics.py",
            "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": platform.python_version()},
            "seed": SEED,
            "tolerance": {"float64": 1e-12, "float32": 1e-12},
            "cases": cases,
        },
        indent=1,
    )
    + "\n"
)
