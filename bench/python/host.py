"""One Python peer, driven by lines of JSON: a request on standard input, its answer on standard output.

    python3 host.py PEER THREADS

Data come as raw little-endian float32 files, so that every peer starts from the same bits. bench/python.ts is the other side.
"""

import importlib
import json
import sys
import time


class Cannot(Exception):
    """The peer has no part in this workload; the text says why."""


def losses(session, training, checked_steps):
    """The loss after each of these numbers of steps, ascending, from the start at the real learning rate."""
    session.reset(training["learningRate"])
    done = 0
    found = []
    for steps in checked_steps:
        session.run(steps - done)
        done = steps
        found.append(float(session.loss()))
    return found


def calibrate(session, target):
    """How many steps take about `target` seconds: as bench/stopwatch.ts."""
    steps = 1
    while True:
        began = time.perf_counter()
        session.run(steps)
        elapsed = time.perf_counter() - began
        if elapsed >= target / 4:
            return max(1, round(steps * target / elapsed))
        steps *= 2


def timed(session, steps, repeats):
    """One untimed repeat, then `repeats` timed ones: seconds each."""
    session.run(steps)
    found = []
    for _ in range(repeats):
        began = time.perf_counter()
        session.run(steps)
        found.append(time.perf_counter() - began)
    return found


class Host:
    def __init__(self, peer, threads):
        self.peer = importlib.import_module(peer)
        self.threads = threads
        self.task = None
        self.session = None

    def open(self, task):
        with open(task, encoding="utf-8") as file:
            self.task = json.load(file)
        verb = {"training": "train", "product": "multiply", "reading": "read"}[self.task["kind"]]
        try:
            if not hasattr(self.peer, verb):
                raise Cannot(f"it does not {verb}")
            self.session = getattr(self.peer, verb)(self.task, self.threads)
        except Cannot as reason:
            return {"cannot": str(reason)}
        return {"title": self.peer.title(), "platform": {"about": self.peer.about(), "threads": self.threads}}

    def prove(self):
        if self.task["kind"] == "training":
            return losses(self.session, self.task["training"], self.task["checkedSteps"])
        self.session.run(1)
        if self.task["kind"] == "reading":
            return [float(self.session.value_at(row, column)) for row, column in self.task["places"]]
        result = self.session.result().ravel()
        return [float(result[index]) for index in self.task["samples"]]

    def calibrate(self, target):
        if self.task["kind"] == "training":
            self.session.reset(self.task["training"]["timingLearningRate"])
        return calibrate(self.session, target)

    def time(self, steps, repeats):
        return timed(self.session, steps, repeats)

    def close(self):
        self.session = None


def main():
    # What a library prints belongs to the terminal, not between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    host = Host(sys.argv[1], int(sys.argv[2]))
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"value": getattr(host, request["call"])(*request["arguments"])}
        except Exception as error:  # the bench shows it and goes on
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    # The peers import this module by name: one module, and so one Cannot, for both.
    sys.modules["host"] = sys.modules["__main__"]
    main()
