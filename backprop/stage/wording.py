"""The words of the cards beneath the stage: sentences with places, for Python and for the page.

`cards` fills them for what Python recorded, `player/telling.js` for what the page has trained
itself; `engine.faults.words` says how a place is filled.
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
    "stable": '<span class="chip true">{title} in float64 {delta}</span>',
    "spread": "From here it spreads: {held}.",
    "held": "{letter}{i} {count} of {size}",
    "quiet": "<p><b>Nothing non-finite so far:</b> update {update} of {last}.</p>",
    "cost": "<p><b>Nothing non-finite so far but the displayed cost:</b> update {update} of "
    "{last}. First at update {first}: {cause}.</p>",
    "fault": "<p>{title} meets its first non-finite value at update {update}. "
    "Press <kbd>N</kbd> to jump there.</p>",
    "end": "<p><b>{title}, after {updates}.</b> {verdict}⟦ At update {update} the cost as this "
    "form displays it is {cost}; only the cost is, and no update uses it.⟧"
    "⟦ From the same start {others}.⟧</p>",
    "finite": "Every value of both passes is finite.",
    "other": "{title} meets its first NaN or ∞ at update {update}",
}
"""Sentences of the cards, by name, as HTML.

"true" stands where 50 digits are known, "stable" (the best stable form in float64) where they are
not; as the "end" Python has a verdict, the page "finite".
"""


def zero_edge(form: Form) -> str:
    """Which sentence says why z is exactly 0."""
    return "overflow" if form.is_textbook else "underflow"
