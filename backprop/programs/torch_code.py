"""The same numbers the library's way: PyTorch's autograd, and its cost where it has one.

Fused and split become `binary_cross_entropy_with_logits`, whose gradient is z − y. PyTorch has no
function for the other forms of δ_L: there it is written out and handed to autograd, which carries
it back through the hidden layers.
"""

from __future__ import annotations

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.steps import helpers, source
from backprop.engine.training import Recording
from backprop.programs.beginning import TORCH, assignments, described, imports
from backprop.scenario.datasets import Dataset

_DIFFERS = [
    "# The order of PyTorch's sums and the last bit of its exp depend on the processor. So h, z,",
    "# delta and the gradients differ from those of the page: at update 0 by some roundings of the",
    "# largest number of an array (200 at most were measured), then more with every update, and in",
    "# a chaotic run without any bound.",
]


def torch_code(recording: Recording, update: int, data: Dataset | None = None) -> str:
    """A program that prints the passes of `update` (0 … recording.updates), by PyTorch.

    `data` is what it was recorded from, which knows the columns' names and how they were scaled.
    """
    net, derivative = recording.start, recording.derivative
    bias = net.biases is not None
    form = derivative.form
    loss, steps = form.torch, form.steps
    body = [
        '"""Backpropagation in PyTorch: ' + described(recording, update) + '"""',
        "",
        *imports(() if loss else steps, "torch", "import torch"),
        "import torch.nn.functional as F",
        "",
        *_DIFFERS,
        "torch.set_printoptions(precision=17)  # all digits",
        f"dtype = torch.{net.format.name}",
    ]
    if form.has_epsilon:
        body.append(f"epsilon = torch.tensor({derivative.epsilon!r}, dtype=dtype)")
    body += [f"alpha = {recording.learning_rate!r}", ""]
    body += assignments(recording, TORCH, data)
    body += [f"parameters = [*W.values(){', *b.values()' if bias else ''}]"]
    body += ["for parameter in parameters:", "    parameter.requires_grad_()", "", ""]
    if not loss:
        for function in helpers(steps, "torch"):
            body += [function, "", ""]
        body += [f"def output_delta(h, y):  # δ_L: {form.does}", f"    # {form.breaks}"]
        body += [f"    {line}" for line in source(steps, "torch")]
        body += ["    return delta", "", ""]
    body += [
        "def passes():",
        "    h, z = {}, {0: X}",
        "    for i in range(1, L + 1):",
        f"        h[i] = F.linear(z[i - 1], W[i]{', b[i]' if bias else ''})",
        "        h[i].retain_grad()",
        f"        z[i] = torch.sigmoid(h[i]) if i == L else {ACTIVATIONS[net.hidden].torch}(h[i])",
        "    for parameter in parameters:",
        "        parameter.grad = None",
    ]
    if not loss:
        body += ["    h[L].backward(output_delta(h[L].detach(), y) / len(X))"]
    else:
        body += [f"    J = {loss}", "    J.backward()"]
    body += [
        "    delta = {i: h[i].grad * len(X) for i in h}  # of one sample, not of the average",
        f"    return h, z, delta{', J' if loss else ''}",
        "",
        "",
        f"for k in range({update}):",
        "    passes()",
        "    with torch.no_grad():",
        "        for parameter in parameters:",
        "            parameter -= alpha * parameter.grad",
        f"h, z, delta{', J' if loss else ''} = passes()",
        "",
        f'print("update {update}"' + (', "J =", J.item())' if loss else ")"),
        "for i in range(1, L + 1):",
        '    print(f"\\nlayer {i}: h, z and delta, one sample a row")',
        "    print(h[i].data, z[i].data, delta[i], sep='\\n')",
        '    print(f"dJ/dW{i}\\n{W[i].grad}")',
        *(['    print(f"dJ/db{i}\\n{b[i].grad}")'] if bias else []),
    ]
    return "\n".join(body) + "\n"
