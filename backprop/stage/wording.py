"""The words of the cards beneath the stage: sentences with places, for Python and for the page.

`player/telling.js` fills them for what the page has trained, `cards` those of a fault for what
Python recorded; `engine.faults.words` says how a place is filled.
"""

from backprop.engine.forms.record import Form

CARD = {
    "card": "<p><b>First non-finite value: update {update}, layer {layer}⟦, unit {unit}⟧"
    '⟦, sample {sample}⟧⟦ (y = {y})⟧.</b> {why}</p><p class="steps">{because}</p>'
    '⟦<p class="others">δ at this h and y: {others}</p>⟧',
    "because": "<span>{step}</span>",
    "one": "h = {h}, and {format} has no number between 1 − 2<sup>−{precision}</sup> and 1, "
    "so z = σ(h) became exactly 1.{verdict}",
    "overflow": "h = {h}, and e<sup>−h</sup> is beyond {format}, so z = σ(h) became exactly 0."
    "{verdict}",
    "underflow": "h = {h}, and σ(h) is below the smallest number of {format}, "
    "so z = σ(h) became exactly 0.{verdict}",
    "right": " The network is <b>right</b>, and still:",
    "wrong": " The network is confidently <b>wrong</b>:",
    "delta": '<span class="chip"><i style="background:{colour}"></i>{title} {delta}</span>',
    "true": '<span class="chip true">true δ = {delta}</span>',
    "spread": "From here it spreads: {held}.",
    "held": "{letter}{i} {count} of {size}",
    "opening": "<p><b>A network that learns, with every number of it:</b> forward h and z, "
    "backward δ, and the moment at which floating point breaks it. "
    '<span class="keys" data-tapped="Tap ▶"><span>Press <kbd>Space</kbd></span></span>. '
    "Then choose <b>Naive</b> and press it again.</p>",
    "quiet": "<p><b>Nothing non-finite so far:</b> update {update} of {last}.⟦ {narration}⟧</p>",
    "at_start": "The inputs and the weights are there; nothing is computed yet.",
    "at_h": "h of layer {i}: each unit adds up what comes in, each number times its weight.",
    "at_z": "z of layer {i}: the activation of h.",
    "at_cost": "The cost: how far the output is from the target.",
    "at_output": "δ of the output: how the cost changes with its h.",
    "at_delta": "δ of layer {i}: the errors of layer {above}, weighted backwards, times the slope.",
    "at_dW": "∂J/∂W of layer {i}: each δ times what came in, averaged over the samples.",
    "at_update": "The update: every weight moves against its gradient, by α times it.",
    "lost": "<p><b>Nothing non-finite so far but the displayed cost:</b> update {update} of "
    "{last}. First at update {first}: {cause}.</p>",
    "fault": "<p>{title} meets its first non-finite value at update {update}. "
    "Press <kbd>N</kbd> to jump there.</p>",
    "end": "<p><b>{title}, after {updates}.</b> {outcome} Every value of both passes is finite."
    "⟦ At update {update} the cost as this form displays it is {cost}; only the cost is, and no "
    "update uses it.⟧⟦ From the same start {others}.⟧</p>",
    "silent": "Goes silent: in {count} of {samples} samples δ is (nearly) 0 although the target is "
    "missed by more than 0.1, so (nearly) nothing is learned from them.",
    "hard": "At the end the network has {count} of {samples} samples right.",
    "soft": "At the end the network is within 0.1 of the target in {count} of {samples} samples.",
    "room": "Goes silent: 2 of 4 samples are off their target by more than 0.1 and yet their δ is "
    "(nearly) 0, so (nearly) nothing is learned from them. The cost has grown from 1.4 to 15.3. "
    "It shows a cost of 8.059; the true one is 15.32.",
    "best": "{title} meets every target in the end, at a cost of {cost}",
    "other": "{title} meets its first NaN or ∞ at update {update}",
}
"""Sentences of the cards, by name, as HTML; those of the operations narrate.

The outcome at the "end" is "silent" or says how many targets are met, "hard" or "soft" ones; where
Python is asked, it is its verdict, for which "room" is kept: few are longer.
"""


def zero_edge(form: Form) -> str:
    """The key of the sentence in `CARD` that says why z of this form is exactly 0."""
    return "overflow" if form.is_textbook else "underflow"
