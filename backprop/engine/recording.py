"""A recording: a descent that knows its first faults, and prints itself in a few lines."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from backprop.engine.descent import Descent
from backprop.engine.describe import brief, counted, of_cost, of_derivative
from backprop.engine.faults import Fault, first_cost_fault, first_fault


class Recording(Descent):
    """Gradient descent with one output derivative: network, trace and cost at every update.

    `print` gives what was trained and how, the cost at both ends, and the first fault.
    """

    @cached_property
    def first_fault(self) -> Fault | None:
        """The first non-finite value on the way to an update; None if there is none."""
        return first_fault(self)

    @cached_property
    def first_cost_fault(self) -> Fault | None:
        """The first non-finite cost that is displayed, whether or not an update uses it."""
        if np.isfinite(self.cost).all():
            return None
        return first_cost_fault(self, self.first_fault)

    def __repr__(self) -> str:
        ends = " → ".join(brief(self.cost[k]) for k in ((0, -1) if self.updates else (0,)))
        fault = self.first_fault
        where = "no fault" if fault is None else f"first fault at update {fault.update}"
        return (
            f"<Recording: {self.start.outline}; {of_derivative(self.derivative)}, "
            f"α = {brief(self.learning_rate)}, {counted(self.updates, 'update')}, "
            f"cost {ends}, {where}>"
        )

    def __str__(self) -> str:
        kept, length = self.parameters.dtype.name, counted(self.updates, "update")
        master = "" if kept == self.start.format.name else f", kept in {kept}"
        ends = [of_cost(self.cost[k], self.true_cost[k]) for k in (0, -1)]
        return "\n".join([
            f"Recording of {length}",
            f"  network      {self.start.outline}{master}",
            f"  data         {counted(len(self.X), 'sample')}",
            f"  derivative   {of_derivative(self.derivative)}",
            f"  α            {brief(self.learning_rate)}",
            f"  cost         {ends[0]} at the start",
            *([f"               {ends[1]} after {length}"] if self.updates else []),
            f"  first fault  {self._fault()}",
        ])  # fmt: skip

    def _fault(self) -> str:
        if self.first_fault is not None:
            return str(self.first_fault)
        bad = ~np.isfinite(self.cost)
        if not bad.any():
            return "none: every number is finite"
        k = int(np.argmax(bad))
        return f"none in the passes; the displayed cost is {brief(self.cost[k])} at update {k}"
