"""The same numbers the library's way: PyTorch's autograd, and its cost where it has one.

Fused and split become `binary_cross_entropy_with_logits`, whose gradient is z − y. PyTorch has no
function for the other forms of δ_L: there it is written out and handed to autograd, which carries
it back through the hidden layers.
"""

from __future__ import annotations

from backprop.engine.training import Recording
from backprop.programs.numpy_code import (
    OUTPUT,
    TITLES,
    assignments,
    described,
)
from backprop.scenario.datasets import Dataset

_ACTIVATIONS = {"sigmoid": "torch.sigmoid", "tanh": "torch.tanh", "relu": "torch.relu"}
_LOSS = {
    "fused": "F.binary_cross_entropy_with_logits(h[L], y, reduction='sum') / len(X)",
    "split": "F.binary_cross_entropy_with_logits(h[L], y, reduction='sum') / len(X)",
    "quadratic": "F.mse_loss(torch.sigmoid(h[L]), y, reduction='sum') / (2 * len(X))",
}
_SPELLING = {
    "np.minimum(np.maximum(z, epsilon), 1 - epsilon)": "z.clamp(epsilon, 1 - epsilon)",
    "np.maximum(z * (1 - z), epsilon)": "(z * (1 - z)).clamp(min=epsilon)",
    ".astype(F)": ".to(dtype)",
    "exp(": "torch.exp(",
}

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
    loss = _LOSS.get(derivative.variant)
    body = [
        '"""Backpropagation in PyTorch: ' + described(recording, update) + '"""',
        "",
        "import torch",
        "import torch.nn.functional as F",
        "",
        *_DIFFERS,
        "torch.set_printoptions(precision=17)  # all digits",
        f"dtype = torch.{net.format.name}",
    ]
    if derivative.name == "clamped":
        body.append(f"epsilon = torch.tensor({derivative.epsilon!r}, dtype=dtype)")
    body += [f"alpha = {recording.learning_rate!r}", ""]
    body += assignments(recording, "torch.tensor", "dtype=dtype", data)
    body += [f"parameters = [*W.values(){', *b.values()' if bias else ''}]"]
    body += ["for parameter in parameters:", "    parameter.requires_grad_()", "", ""]
    if loss is None:
        body += [f"def output_delta(h, y):  # δ_L: {TITLES[derivative.variant]}"]
        body += [f"    {_in_torch(line)}" for line in OUTPUT[derivative.variant]
                 if not line.startswith("J =")]  # fmt: skip
        body += ["    return delta", "", ""]
    body += [
        "def passes():",
        "    h, z = {}, {0: X}",
        "    for i in range(1, L + 1):",
        f"        h[i] = F.linear(z[i - 1], W[i]{', b[i]' if bias else ''})",
        "        h[i].retain_grad()",
        f"        z[i] = torch.sigmoid(h[i]) if i == L else {_ACTIVATIONS[net.hidden]}(h[i])",
        "    for parameter in parameters:",
        "        parameter.grad = None",
    ]
    if loss is None:
        body += ["    h[L].backward(output_delta(h[L].detach(), y) / len(X))"]
    else:
        body += [f"    J = {loss}", "    J.backward()"]
    body += [
        "    delta = {i: h[i].grad * len(X) for i in h}  # of one sample, not of the average",
        f"    return h, z, delta{'' if loss is None else ', J'}",
        "",
        "",
        f"for k in range({update}):",
        "    passes()",
        "    with torch.no_grad():",
        "        for parameter in parameters:",
        "            parameter -= alpha * parameter.grad",
        f"h, z, delta{'' if loss is None else ', J'} = passes()",
        "",
        f'print("update {update}"' + (")" if loss is None else ', "J =", J.item())'),
        "for i in range(1, L + 1):",
        '    print(f"\\nlayer {i}: h, z and delta, one sample a row")',
        "    print(h[i].data, z[i].data, delta[i], sep='\\n')",
        '    print(f"dJ/dW{i}\\n{W[i].grad}")',
        *(['    print(f"dJ/db{i}\\n{b[i].grad}")'] if bias else []),
    ]
    return "\n".join(body) + "\n"


def _in_torch(line: str) -> str:
    for numpy_way, torch_way in _SPELLING.items():
        line = line.replace(numpy_way, torch_way)
    return line
