"""The computation: numbers in, every intermediate value out. It knows NumPy and itself alone.

Read the modules in this order:

    arithmetic    the rules by which all is computed, and the number formats
    elementary    exp, log, log1p, expm1 and tanh from + − × ÷ alone
    sums          sums and products of matrices, from left to right
    digits        how numbers are written for people
    formula       one formula in MathML and text
    demands       what arguments must be, and what is said of those that are not
    sigmoid       σ and its relatives, textbook and stable
    fifty         σ, its relatives and the costs with 50 digits
    activations   those of hidden layers, one record each
    operations    what forms are made of: a closed table
    steps         a computation as named steps
    forms         every form of δ_L and every cost, one record each
    derivatives   which form computes δ_L
    costs         as a form displays it, and as it truly is
    describe      the words in which all of these print themselves
    passes        both passes, the two recursions
    network       Network, checked; what a batch for it must be
    trace         backpropagation, every value of it: Trace
    runners       an output derivative in a number format, and the text that names it
    descent       gradient descent of several networks in lockstep: Descent
    faults        the first non-finite value of a descent, and why
    recording     a descent with its faults, in a few lines: Recording
    training      gradient descent and the race, recorded
    exact, truth  the same with 50 digits; the error of a computed number
    cliffs        where each form breaks in each format
    dead          samples that are wrong although their δ is nearly 0
"""
