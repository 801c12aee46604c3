"""What a race is made of and what is said of it.

    runners     who takes part, and the text that names a runner in a link
    summary     ‖δ‖, largest |h|, dead and non-finite samples, accuracy at every update
    verdicts    what became of a runner, in words
    boundary    what a network with two inputs answers on the plane

The descent itself is `training.race`.
"""
