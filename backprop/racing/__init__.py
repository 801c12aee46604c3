"""What a race is made of and what is said of it.

    runners     who takes part, and the text that names a runner in a link
    summary     ‖δ‖, largest |h|, dead and non-finite samples, accuracy at every update
    signs       how training went, as facts
    verdicts    what became of it, in words; sentences are what they are made of
    boundary    what a network with two inputs answers on the plane

The descent itself is `training.race`.
"""
