"""How soon a race of 8 runners × 2,000 updates of the default network is there; aim: 2 s.

First the engine, in seconds of one processor: the race in lockstep with summaries and drawing,
beside the same eight trained one after the other and beside eight trainings in PyTorch. Then the
page, in Chromium: from another seed to other numbers, beside an empty page of Streamlit's that
does nothing but answer.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is imported

import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from backprop import race
from backprop.engine.runners import parse_runner
from backprop.figures.race import Entrant, scene
from backprop.racing.summary import summarise
from backprop.racing.verdicts import verdict
from backprop.scenario.scenario import Scenario
from tests.bench.kit.chromium import chromium, served
from tests.bench.kit.figures import figure

RUNNERS = (
    "naive", "clamped:denominator:1e-7", "clamped:clip:1e-7", "clamped:clip_both:1e-7",
    "clamped:floor:1e-12", "fused", "split", "split@float16",
)  # fmt: skip
UPDATES, ROUNDS, AIM = 2000, 5, 2.0
EMPTY = 'import streamlit as st\nst.write(st.number_input("Seed", step=1, key="seed"))\n'
CHANGED = """([shown, before]) => {
  const shadows = [...document.querySelectorAll("*")].flatMap((n) => n.shadowRoot ?? []);
  const roots = [document, ...shadows];
  const text = roots.map((root) => root.querySelector(shown)?.textContent).find(Boolean);
  return text && text !== before;
}"""


def whole(scenario):
    """Everything that the page computes before it draws."""
    data = scenario.dataset()
    recordings = race(
        scenario.network(), data.X, data.y, RUNNERS,
        updates=UPDATES, learning_rate=scenario.learning_rate,
    )  # fmt: skip
    summaries = [summarise(recording) for recording in recordings.values()]
    entrants = [
        Entrant(parse_runner(text), recording, summary, verdict(recording), "")
        for (text, recording), summary in zip(recordings.items(), summaries, strict=True)
    ]
    return scene(entrants).pack()


def one_after_the_other(scenario):
    data = scenario.dataset()
    for text in RUNNERS:
        race(
            scenario.network(), data.X, data.y, [text],
            updates=UPDATES, learning_rate=scenario.learning_rate,
        )  # fmt: skip


def in_torch(scenario):
    """Eight eager trainings of the same network, without any recording."""
    import torch

    torch.set_num_threads(1)
    data, net = scenario.dataset(), scenario.network()
    X, y = torch.tensor(data.X), torch.tensor(data.y)
    for _ in RUNNERS:
        pairs = zip(net.weights, net.biases, strict=True)
        parameters = [torch.tensor(np.array(p), requires_grad=True) for pair in pairs for p in pair]
        for _ in range(UPDATES):
            z = X
            for i in range(0, len(parameters), 2):
                h = torch.nn.functional.linear(z, parameters[i], parameters[i + 1])
                z = torch.sigmoid(h)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(h, y)
            with torch.no_grad():
                slopes = torch.autograd.grad(loss, parameters)
                for parameter, slope in zip(parameters, slopes, strict=True):
                    parameter -= scenario.learning_rate * slope


def engine():
    ways = {
        "race, summaries, verdicts, drawing": whole,
        "one after the other, race alone": one_after_the_other,
    }
    try:
        import torch  # noqa: F401
    except ImportError:
        print("(PyTorch is not installed here, so it does not take part.)")
    else:
        ways["PyTorch eager, nothing recorded"] = in_torch
    taken = {title: [] for title in ways}
    for seed in range(3102, 3102 + ROUNDS):
        for title, way in ways.items():
            start = time.process_time()
            way(Scenario(seed=seed, updates=UPDATES))
            taken[title].append(time.process_time() - start)
    whole_race, *others = (statistics.median(times) for times in taken.values())
    return [(title, other, whole_race) for title, other in zip(list(ways)[1:], others, strict=True)]


def page():
    query = f"?updates={UPDATES}&race={'~'.join(RUNNERS)}"
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY)
        app = stack.enter_context(served("run", "app.py"))
        bare = stack.enter_context(served("run", str(script)))
        browser = stack.enter_context(chromium())
        raced = browser.new_page(viewport={"width": 1280, "height": 800})
        raced.goto(f"{app}/race{query}")
        raced.locator(".verdicts").wait_for(timeout=60_000)
        empty = browser.new_page(viewport={"width": 1280, "height": 800})
        empty.goto(bare)
        empty.get_by_label("Seed").wait_for(timeout=60_000)
        taken = [], []
        ways = [(raced, ".readouts tbody"), (empty, "[data-testid=stMarkdown]")]
        for seed in range(1, ROUNDS + 1):
            for times, (where, shown) in zip(taken, ways, strict=True):
                where.bring_to_front()
                before = where.locator(shown).first.text_content()
                where.get_by_label("Seed").fill(str(seed))
                start = time.perf_counter()
                where.get_by_label("Seed").press("Enter")
                where.wait_for_function(CHANGED, arg=[shown, before], timeout=60_000)
                times.append(time.perf_counter() - start)
                where.wait_for_timeout(500)
    return [statistics.median(times) for times in taken]


if __name__ == "__main__":
    print(f"8 runners × {UPDATES:,} updates of the default network, medians of {ROUNDS}")
    for beside, other, whole_race in engine():
        figure("a race of 8 × 2,000, summaries, drawing", whole_race, "s", beside, other)
    appeared, bare = page()
    figure("the race on its page, seed changed", appeared, "s", "an empty page", bare)
    figure("the same", appeared, "s", "the aim", AIM)
