"""How long a recorded update takes, beside PyTorch and beside the same without recording.

Everything runs on one thread: these networks are so small that a second one only waits.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is imported

import statistics
import sys
import time
import tracemalloc

import numpy as np

from backprop import DERIVATIVES, Network, race, train
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.passes import Stack
from backprop.scenario.scenario import Scenario
from tests.bench.kit.figures import figure

UPDATES, ROUNDS, ALPHA = 100, 15, 0.1


def torch_updates(net, X, y):
    """The same full-batch descent by autograd, eager, on the CPU."""
    try:
        import torch
    except ImportError:
        sys.exit(
            "PyTorch is needed for the comparison: pip install -r tests/bench/requirements.txt"
        )
    torch.set_num_threads(1)
    pairs = zip(net.weights, net.biases, strict=True)
    parameters = [torch.tensor(np.array(p)) for pair in pairs for p in pair]
    for parameter in parameters:
        parameter.requires_grad_()
    inputs, targets = torch.tensor(X), torch.tensor(y)

    def run():
        for _ in range(UPDATES):
            z = inputs
            for i in range(0, len(parameters), 2):
                h = torch.nn.functional.linear(z, parameters[i], parameters[i + 1])
                z = torch.sigmoid(h)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(h, targets)
            gradients = torch.autograd.grad(loss, parameters)
            with torch.no_grad():
                for parameter, gradient in zip(parameters, gradients, strict=True):
                    parameter -= ALPHA * gradient

    return run


def unrecorded_updates(net, X, y):
    """The same computation by the same functions, which keeps nothing but the last weights."""
    stack = Stack(net.layout, net.hidden, 1, net.layout.columns(X))
    fused, targets = OutputDerivative("fused"), np.ascontiguousarray(y.T)

    def run():
        stack.rows[...] = net.layout.join(net.weights, net.biases)
        for _ in range(UPDATES):
            delta = fused.delta(stack.forward(), targets)
            stack.rows -= ALPHA * stack.backward(delta)

    return run


def medians(runs):
    """The median time of each in seconds, their rounds interleaved, after one to warm up."""
    times = {name: [] for name in runs}
    for n in range(ROUNDS + 1):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            if n:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def compare(sizes):
    """One recorded update with 250 samples, against PyTorch, lockstep and no recording."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(250, 2)), rng.integers(0, 2, (250, 1)).astype(float)
    net = Network.random(sizes, seed=1)
    alone = {
        f"{name}, recorded": lambda name=name: train(net, X, y, UPDATES, ALPHA, name)
        for name in DERIVATIVES
    }
    taken = medians(
        alone
        | {
            "fused, not recorded": unrecorded_updates(net, X, y),
            "four in lockstep, recorded": lambda: race(
                net, X, y, updates=UPDATES, learning_rate=ALPHA
            ),
            "PyTorch eager": torch_updates(net, X, y),
        }
    )
    network = "-".join(map(str, sizes))
    print(f"{network}, 250 samples, float64")
    each = {name: seconds / UPDATES * 1e6 for name, seconds in taken.items()}
    for name, time_of_one in each.items():
        print(f"  {name:<28}{time_of_one:8.0f} µs an update")
    one, average = each["fused, recorded"], sum(each[name] for name in alone) / len(alone)
    for what, number, beside, other in (
        ("an update, recorded", one, "PyTorch eager", each["PyTorch eager"]),
        ("an update, recorded", one, "not recorded", each["fused, not recorded"]),
        ("four in lockstep", each["four in lockstep, recorded"], "one of them", average),
    ):
        figure(f"{what}, {network}", number, "µs", beside, other)


def whole_recording():
    """500 updates × 4 derivatives of the default scenario, with all that a page asks of them."""
    scenario = Scenario()
    net, data = scenario.network(), scenario.dataset()

    def run():
        recordings = race(net, data.X, data.y, updates=500, learning_rate=scenario.learning_rate)
        for recording in recordings.values():
            _ = recording.cost, recording.true_cost, recording.first_fault

    def bare():
        for name in DERIVATIVES:
            train(net, data.X, data.y, 500, scenario.learning_rate, name)

    taken, alone = medians({"whole": run, "bare": bare}).values()
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    sizes = "-".join(map(str, net.sizes))
    kept = 4 * 501 * (net.layout.numbers + len(data.X)) * 8
    figure(f"500 updates × 4 of {sizes}, costs and faults", taken * 1e3, "ms",
           "four trainings alone", alone * 1e3)  # fmt: skip
    figure("its memory at most", peak / 1e6, "MB", "its weights and h", kept / 1e6)


if __name__ == "__main__":
    compare([2, 4, 2, 1])
    compare([2, *[8] * 6, 1])
    whole_recording()
