"""Every form of δ_L = ∂J/∂h_L, one record each: the only place that knows one form from another.

To add a form, write its record beside the others in `quotient` or `direct` and list it in that
module's FORMS; everything that computes, draws, explains or hands out forms goes over these.

    record     what a form, a cost, a displayed cost and a variant are
    parts      symbols and steps that several forms have
    costs      binary cross-entropy and the quadratic cost
    quotient   naive and clamped: ∂J/∂z times σ′(h)
    direct     fused, split, logit difference; quadratic
"""

from backprop.engine.forms import direct, quotient
from backprop.engine.forms.costs import COSTS
from backprop.engine.forms.parts import INPUTS
from backprop.engine.forms.record import Cost, Display, Form, Variant

__all__ = ["BY_NAME", "COSTS", "FORMS", "INPUTS", "Cost", "Display", "Form", "Variant"]

FORMS: dict[str, Form] = {form.key: form for form in (*quotient.FORMS, *direct.FORMS)}
"""By its own key: the variant's name, else the derivative's."""

BY_NAME: dict[str, Form] = {}
for _form in FORMS.values():
    BY_NAME.setdefault(_form.name, _form)
"""By the derivative's name: of several variants the first one, whose title and colour all share."""
