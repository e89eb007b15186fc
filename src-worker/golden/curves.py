"""Writes curves.json: predictions, and scikit-learn's ROC and calibration curves of them. Run again only to add cases."""

import json
import platform
from pathlib import Path

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.metrics import log_loss, roc_auc_score, roc_curve

SEED = 20261122
BINS = 10


def expected_error(probabilities, came):
    """Sum over the bins of n_b / m |share - confidence|, in the bins of calibration_curve."""
    edges = np.linspace(0, 1, BINS + 1)
    bins = np.searchsorted(edges[1:-1], probabilities)
    error = 0.0
    for b in range(BINS):
        inside = bins == b
        if inside.any():
            error += inside.mean() * abs(came[inside].mean() - probabilities[inside].mean())
    return float(error), np.bincount(bins, minlength=BINS).tolist()


def curves(scores, came):
    fpr, tpr, thresholds = roc_curve(came, scores, drop_intermediate=False)
    share, confidence = calibration_curve(came, scores, n_bins=BINS, strategy="uniform")
    error, counts = expected_error(scores, came)
    return {
        "roc": {
            "auc": float(roc_auc_score(came, scores)),
            "falsePositive": fpr.tolist(),
            "truePositive": tpr.tolist(),
            "thresholds": [None if np.isinf(t) else float(t) for t in thresholds],
        },
        "calibration": {
            "counts": counts,
            "share": share.tolist(),
            "confidence": confidence.tolist(),
            "error": error,
        },
    }


def case(name, rows, count, sharpness, decimals=None, single=False):
    random = np.random.default_rng([SEED, rows, count])
    right = np.concatenate([np.arange(count), random.integers(0, count, rows - count)])
    z = random.normal(size=(rows, count))
    z[np.arange(rows), right] += sharpness
    if decimals is not None:
        z = np.round(z, decimals)  # equal scores happen
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    answer = p.argmax(axis=1)
    error, counts = expected_error(p[np.arange(rows), answer], (answer == right).astype(float))
    shown = p[:, 1:] if single else p
    return {
        "name": name,
        "columns": int(shown.shape[1]),
        "yHat": shown.ravel().tolist(),
        "y": (right[:, None].astype(float) if single else np.eye(count)[right]).ravel().tolist(),
        "losses": [float(log_loss([r], p[i : i + 1], labels=range(count))) for i, r in enumerate(right)],
        "classes": [curves(p[:, c], (right == c).astype(int)) for c in range(count)],
        "answers": {"counts": counts, "error": error},
    }


cases = [
    case("two classes, one output", 80, 2, 1.0, single=True),
    case("two classes with equal scores", 60, 2, 0.5, decimals=0),
    case("four classes", 70, 4, 1.5),
    case("three classes, sure and often wrong", 50, 3, 0.2, decimals=1),
]

Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "source": "scikit-learn",
            "generator": "src-worker/golden/curves.py",
            "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": platform.python_version()},
            "seed": SEED,
            "tolerance": {"float64": 1e-12, "float32": 1e-12},
            "cases": cases,
        },
        indent=1,
    )
    + "\n"
)
