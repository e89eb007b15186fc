"""Golden vectors for ten updates of every optimizer, and for the learning rates of every schedule, computed by PyTorch.

Run from the root of the repository:

    python3 src-worker/golden/generate-optimizers.py && npx prettier --write src-worker/golden/optimizers.json

Gradients come from automatic differentiation in float64, updates from torch.optim where it has the rule; the notes' momentum, which it
has not, from its written formula. Weight decay of AdamW acts on weights and not on biases, as two groups of parameters say.
"""

import json
import pathlib
import platform

import torch

SEED = 20240502
ROWS, INPUTS, HIDDEN, OUTPUTS = 6, 3, 4, 3
STEPS = 10

torch.manual_seed(SEED)


def rounded(*shape):
    # Rounded to float32, so that both precisions start from the same numbers.
    return torch.randn(*shape).mul(0.7).double()


X = rounded(ROWS, INPUTS)
Y = torch.nn.functional.one_hot(torch.randint(0, OUTPUTS, (ROWS,)), OUTPUTS).double()
START = {"W1": rounded(HIDDEN, INPUTS), "b1": rounded(HIDDEN), "W2": rounded(OUTPUTS, HIDDEN), "b2": rounded(OUTPUTS)}
WEIGHTS = torch.tensor([0.25, 2.0, 0.5, 1.25, 1.5, 0.5]).double()


class NotesMomentum(torch.optim.Optimizer):
    """v <- beta v + (1 - beta) g, W <- W - alpha v: CS229 notes (3.33)."""

    def __init__(self, params, lr, beta):
        super().__init__(params, {"lr": lr, "beta": beta})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                v = state.setdefault("v", torch.zeros_like(p))
                v.mul_(group["beta"]).add_(p.grad, alpha=1 - group["beta"])
                p.sub_(v, alpha=group["lr"])


def decayed(p, decay):
    return [{"params": [p["W1"], p["W2"]], "weight_decay": decay}, {"params": [p["b1"], p["b2"]], "weight_decay": 0}]


OPTIMIZERS = {
    "sgd": ({"learningRate": 0.3}, lambda p: torch.optim.SGD(p.values(), lr=0.3)),
    "momentum": ({"learningRate": 0.3, "beta": 0.8}, lambda p: NotesMomentum(p.values(), lr=0.3, beta=0.8)),
    "heavy-ball": ({"learningRate": 0.1, "momentum": 0.8}, lambda p: torch.optim.SGD(p.values(), lr=0.1, momentum=0.8)),
    "nesterov": (
        {"learningRate": 0.1, "momentum": 0.8},
        lambda p: torch.optim.SGD(p.values(), lr=0.1, momentum=0.8, nesterov=True),
    ),
    "rmsprop": (
        {"learningRate": 0.02, "decay": 0.85, "epsilon": 1e-6},
        lambda p: torch.optim.RMSprop(p.values(), lr=0.02, alpha=0.85, eps=1e-6),
    ),
    "adam": (
        {"learningRate": 0.03, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
        lambda p: torch.optim.Adam(p.values(), lr=0.03, betas=(0.9, 0.999), eps=1e-8),
    ),
    "adamw": (
        {"learningRate": 0.03, "beta1": 0.85, "beta2": 0.99, "epsilon": 1e-7, "weightDecay": 0.2},
        lambda p: torch.optim.AdamW(decayed(p, 0.2), lr=0.03, betas=(0.85, 0.99), eps=1e-7),
    ),
}

# What the cost and the gradient have beside the mean of the losses.
TERMS = [
    {"l2": 0, "l1": 0, "clipNorm": 0, "weighted": False},
    {"l2": 0.1, "l1": 0, "clipNorm": 0, "weighted": False},
    {"l2": 0.02, "l1": 0.03, "clipNorm": 0.25, "weighted": True},
]


def train(kind, terms):
    fields, make = OPTIMIZERS[kind]
    p = {name: value.clone().requires_grad_() for name, value in START.items()}
    optimizer = make(p)
    norm = 0.0
    for _ in range(STEPS):
        optimizer.zero_grad()
        logits = torch.tanh(X @ p["W1"].T + p["b1"]) @ p["W2"].T + p["b2"]
        losses = -(Y * torch.log_softmax(logits, dim=1)).sum(dim=1)
        weights = [p["W1"], p["W2"]]
        cost = (losses * (WEIGHTS if terms["weighted"] else 1)).mean()
        cost = cost + terms["l2"] / 2 * sum((W**2).sum() for W in weights) + terms["l1"] * sum(W.abs().sum() for W in weights)
        cost.backward()
        norm = torch.sqrt(sum((v.grad**2).sum() for v in p.values())).item()
        if terms["clipNorm"] > 0 and norm > terms["clipNorm"]:
            for v in p.values():
                v.grad.mul_(terms["clipNorm"] / norm)
        optimizer.step()
    return {
        "name": kind + (" with L2" if terms["l2"] else "") + (", L1, clipping and weights" if terms["l1"] else ""),
        "optimizer": {"kind": kind, **fields},
        "terms": terms,
        "gradientNorm": norm,
        "parameters": {name: value.detach().flatten().tolist() for name, value in p.items()},
    }


def rates(make, updates, every=1, losses=None):
    """The learning rate of each update, where the scheduler is stepped after every `every` of them."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.2)
    scheduler = make(optimizer)
    found = []
    for update in range(updates):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if (update + 1) % every == 0:
            scheduler.step(*([] if losses is None else [losses[(update + 1) // every - 1]]))
    return found


BATCHES, EPOCHS = 4, 9
LOSSES = [1.0, 0.8, 0.8, 0.9, 0.7, 0.7, 0.71, 0.72, 0.7]
schedulers = torch.optim.lr_scheduler

SCHEDULES = [
    ({"kind": "constant"}, rates(lambda o: schedulers.LambdaLR(o, lambda _: 1.0), BATCHES * EPOCHS)),
    ({"kind": "step", "every": 2, "factor": 0.3}, rates(lambda o: schedulers.StepLR(o, 2, 0.3), BATCHES * EPOCHS, BATCHES)),
    ({"kind": "exponential", "factor": 0.9}, rates(lambda o: schedulers.ExponentialLR(o, 0.9), BATCHES * EPOCHS, BATCHES)),
    (
        {"kind": "cosine", "floor": 0.01, "warmUp": 0},
        rates(lambda o: schedulers.CosineAnnealingLR(o, BATCHES * EPOCHS, 0.01), BATCHES * EPOCHS),
    ),
    (
        {"kind": "warm-up", "epochs": 2},
        rates(lambda o: schedulers.LinearLR(o, 1 / (2 * BATCHES), 1, 2 * BATCHES - 1), BATCHES * EPOCHS),
    ),
    (
        # PyTorch reduces when more than `patience` epochs were bad.
        {"kind": "reduce-on-plateau", "factor": 0.5, "patience": 2, "minimum": 0.06},
        rates(
            lambda o: schedulers.ReduceLROnPlateau(o, factor=0.5, patience=1, threshold=0, min_lr=0.06, eps=0),
            BATCHES * EPOCHS,
            BATCHES,
            LOSSES,
        ),
    ),
]

golden = {
    "source": "PyTorch, torch.optim and torch.optim.lr_scheduler over automatic differentiation in float64",
    "generator": "src-worker/golden/generate-optimizers.py",
    "versions": {"torch": torch.__version__, "python": platform.python_version()},
    "seed": SEED,
    "tolerance": {"float64": 1e-9, "float32": 1e-5},
    "steps": STEPS,
    "x": X.flatten().tolist(),
    "y": Y.flatten().tolist(),
    "weights": WEIGHTS.tolist(),
    "start": {name: {"shape": list(value.shape), "values": value.flatten().tolist()} for name, value in START.items()},
    "cases": [train(kind, terms) for kind in OPTIMIZERS for terms in TERMS],
    "schedules": {
        "learningRate": 0.2,
        "batchesPerEpoch": BATCHES,
        "epochs": EPOCHS,
        "losses": LOSSES,
        "cases": [{"schedule": schedule, "rates": found} for schedule, found in SCHEDULES],
    },
}
path = pathlib.Path(__file__).with_name("optimizers.json")
path.write_text(json.dumps(golden, indent=2) + "\n")
