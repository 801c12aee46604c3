"""How long the page's own engine takes in Chromium, beside NumPy's and PyTorch in the same run.

Everything runs on one thread, one after the other. The page's clock is coarse, so short trainings
are measured several at once, after as many as a hand moves a slider in a few seconds; the very
first is printed beside them.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is imported

from dataclasses import replace

import numpy as np

from backprop import race
from backprop.drawing.scripts import bundle
from backprop.engine.arithmetic import FORMATS
from backprop.scenario.datasets import dataset
from backprop.scenario.fields import OWN
from backprop.scenario.scenario import Scenario
from backprop.stage.experiment import experiment
from tests.bench.bench_engine import UPDATES, medians, torch_updates
from tests.bench.kit.chromium import chromium
from tests.bench.kit.figures import figure
from tests.engines import ENGINE

ALPHA = 0.1
PAGE = """async ([script, experiment, times]) => {
  const { default: engine } = await import(URL.createObjectURL(
    new Blob([script], { type: "text/javascript" })));
  const { packerOf, runOf, train, truthsOf } = engine();
  const median = (work) => {
    for (let n = 0; n < 10 * times; n += 1) work();
    const taken = Array.from({ length: 16 }, () => {
      const since = performance.now();
      for (let n = 0; n < times; n += 1) work();
      return (performance.now() - since) / times;
    });
    return taken.slice(1).sort((a, b) => a - b)[7];
  };
  const first = performance.now();
  const training = train(experiment);
  const cold = performance.now() - first;
  const run = runOf(training, experiment.shown);
  const lookUp = () => {
    const work = truthsOf(training, run, experiment.sample, 5);
    while (!work.next().done);
  };
  return {
    cold,
    trained: median(() => train(experiment)),
    packed: median(() => packerOf(training, run, experiment.sample).frameAt(5)),
    true: median(lookUp),
  };
}"""


def in_page(browser, asked, times=1):
    """Milliseconds of a training, the first and the median, of packing an update of it, and of its
    true values."""
    page = browser.new_page()
    taken = page.evaluate(PAGE, [bundle(ENGINE), asked, times])
    page.close()
    return taken


def small(browser):
    """The default scenario, whose drag must fit a frame of the screen."""
    scenario = Scenario()
    data, net = scenario.dataset(), scenario.network()

    def run():
        return race(net, data.X, data.y, updates=scenario.updates, learning_rate=30.0)

    numpy_ms = medians({"numpy": run})["numpy"] * 1e3
    for name in FORMATS:
        taken = in_page(browser, experiment(replace(scenario, format=name)), 10)
        print(f"  {name}: {taken}")
        figure(f"default, 4 × 120 updates, {name}", taken["trained"], "ms", "NumPy float64",
               numpy_ms)  # fmt: skip
        for what, part in (("frame packed", "packed"), ("true values", "true")):
            figure(f"its {what}, {name}", taken[part], "ms", "a frame of the screen", 16.7)


def large(browser, units):
    """One update of 250 samples, in an engine that records and in PyTorch, which does not."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(250, 2)), rng.integers(0, 2, (250, 1)).astype(float)
    scenario = Scenario(
        units=units, scale=1.0, seed=1, data=OWN, table=dataset(OWN, X, y), updates=UPDATES,
        learning_rate=ALPHA,
    )  # fmt: skip
    net = scenario.network()
    taken = medians({
        "NumPy": lambda: race(net, X, y, ["fused"], updates=UPDATES, learning_rate=ALPHA),
        "PyTorch eager": torch_updates(net, X, y),
    })  # fmt: skip
    asked = experiment(scenario)
    asked["runners"] = [one for one in asked["runners"] if one["name"] == asked["shown"]]
    ours = in_page(browser, asked)
    print(f"  {units}: {ours}")
    each = ours["trained"] / UPDATES * 1e3
    for beside, seconds in taken.items():
        figure(f"an update, 250 samples, {units}", each, "µs", beside, seconds / UPDATES * 1e6)
    figure(f"its true values, {units}", ours["true"], "ms", "a frame of the screen", 16.7)


if __name__ == "__main__":
    with chromium() as page_browser:
        small(page_browser)
        large(page_browser, (4, 2))
        large(page_browser, (8,) * 6)
