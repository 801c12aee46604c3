"""The computation: numbers in, every intermediate value out. It knows NumPy and itself alone.

Read the modules in this order:

    arithmetic    number formats, and how sums are accumulated in them
    digits        how numbers are written for people
    formula       one formula in MathML and text
    demands       what arguments must be, and what is said of those that are not
    sigmoid       σ and its relatives, textbook and stable
    steps         a computation as named steps
    derivatives   δ_L: naive, clamped, fused, split
    costs         binary cross-entropy and the quadratic cost, displayed and true
    describe      the words in which all of these print themselves
    passes        both passes, the two recursions
    network       Network, checked: Trace
    runners       an output derivative in a number format, and the text that names it
    descent       gradient descent of several networks in lockstep: Descent
    faults        the first non-finite value of a descent, and why
    recording     a descent with its faults, in a few lines: Recording
    training      gradient descent and the race, recorded
    exact, truth  the same with 50 digits; the error of a computed number
    cliffs        where each form breaks in each format
    dead          samples that are wrong and say nothing
"""
