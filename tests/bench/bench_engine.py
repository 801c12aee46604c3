"""How long a recorded update takes, beside PyTorch and beside the same without recording."""

import statistics
import sys
import time

import numpy as np

from backprop import Network, backpropagate, race, train

UPDATES, ROUNDS = 100, 9


def seconds(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def torch_updates(net, X, y):
    """The same full-batch descent by autograd, eager, on the CPU."""
    try:
        import torch
    except ImportError:
        sys.exit(
            "PyTorch is needed for the comparison: pip install -r tests/bench/requirements.txt"
        )
    parameters = [torch.tensor(np.array(p)) for pair in zip(net.weights, net.biases, strict=True)
                  for p in pair]  # fmt: skip
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
                    parameter -= 0.1 * gradient

    return run


def compare(title, runs):
    """Medians of interleaved rounds, and ratios to the first."""
    for run in runs.values():
        run()
    times = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            times[name].append(seconds(run))
    first = statistics.median(next(iter(times.values())))
    print(title)
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"  {name:<34} {median / UPDATES * 1e6:8.0f} µs an update   {median / first:5.2f} ×")


def main():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(250, 2)), rng.integers(0, 2, (250, 1)).astype(float)
    for sizes in ([2, 4, 2, 1], [2, *[8] * 6, 1]):
        net = Network.random(sizes, seed=1)
        compare(
            f"{'-'.join(map(str, sizes))}, 250 samples, float64",
            {
                "one derivative, recorded": lambda net=net: train(net, X, y, UPDATES, 0.1),
                "four in lockstep, recorded": lambda net=net: race(
                    net, X, y, updates=UPDATES, learning_rate=0.1
                ),
                "a full trace an update, no descent": lambda net=net: [
                    backpropagate(net, X, y) for _ in range(UPDATES)
                ],
                "PyTorch eager": torch_updates(net, X, y),
            },
        )
    net = Network.random([2, 4, 4, 1], seed=1)

    def whole():
        recordings = race(net, X[:9], y[:9], updates=500, learning_rate=1.0)
        for recording in recordings.values():
            _ = recording.cost, recording.true_cost, recording.first_fault
        return recordings

    taken = statistics.median(seconds(whole) for _ in range(ROUNDS))
    kept = sum(r.parameters.nbytes + r.h_out.nbytes for r in whole().values()) / 1e6
    print(f"500 updates × 4 derivatives of 2-4-4-1: {taken * 1e3:.0f} ms, {kept:.1f} MB")


if __name__ == "__main__":
    main()
