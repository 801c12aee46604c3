"""Numbers in sentences: the nearest of four digits, the same in Python and in the scripts."""

from fractions import Fraction
from itertools import product

import mpmath
import numpy as np

from backprop import FORMATS
from backprop.engine import digits
from tests.test_words import said


def spread_out(rng, count):
    """Numbers of every size, near 1, whole, halfway between two of four digits, and odd ones."""
    sizes = rng.normal(size=count) * 10.0 ** rng.uniform(-320, 307, count)
    usual = rng.normal(size=count) * 10.0 ** rng.uniform(-9, 9, count)
    ones = rng.choice([-1, 1], count) * (1 + rng.normal(size=count) * 10 ** rng.uniform(-17, -2))
    ties = (rng.integers(1000, 9999, count) + 0.5) * 2.0 ** rng.integers(-12, 12, count)
    whole = rng.integers(-1_100_000, 1_100_000, count).astype(float)
    odd = [0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, -5e-324, 1.0, -1.0, 9999.5, 99995.0, 1e-4]
    return np.concatenate([sizes, usual, ones, ties, whole, odd, [0.000099996, 1 - 2**-53]])


def test_a_number_in_a_sentence_is_written_alike_on_both_sides(tmp_path):
    rng, given, wanted = np.random.default_rng(11), [], []
    for name, fmt in FORMATS.items():
        with np.errstate(over="ignore"):
            values = fmt.round(spread_out(rng, 1200))
        for value, many in product(values, (None, 3, 6)):
            given.append([repr(float(value)).replace("inf", "Infinity").replace("nan", "NaN"),
                          name if many is None else "float64", many])  # fmt: skip
            wanted.append(digits.written(value if many is None else float(value), many))
    assert len(given) > 70_000
    differ = [
        (*asked, theirs, ours)
        for asked, theirs, ours in zip(given, said("numbers", given, tmp_path), wanted, strict=True)
        if theirs != ours
    ]
    assert differ == []


def test_a_number_in_a_sentence_is_the_nearest_one_of_four_digits():
    rng = np.random.default_rng(5)
    for value in spread_out(rng, 400):
        if not np.isfinite(value) or 1e4 <= abs(value) < 1e6 or value == 0:
            continue
        text = digits.written(value).replace("−", "-")
        exact, off = Fraction(float(value)), Fraction(text) - Fraction(float(value))
        with mpmath.workdps(30):
            power = int(mpmath.floor(mpmath.log10(abs(mpmath.mpf(float(value))))))
        assert abs(off) <= Fraction(10) ** (power - 3) / 2, value
        if abs(off) == Fraction(10) ** (power - 3) / 2:
            assert abs(Fraction(text)) > abs(exact)


def test_an_exact_sum_of_products_is_written_alike_on_both_sides(tmp_path):
    rng, given, wanted = np.random.default_rng(3), [], []
    for n in range(800):
        low, high = [(-300, 300), (-5, 5), (150, 154), (-323, -300)][n % 4]
        size = int(rng.integers(1, 6))
        a, b = rng.normal(size=(2, size)) * 10.0 ** rng.uniform(low, high, (2, size))
        if n % 3 == 0:
            a, b = np.round(a, 1), np.exp2(rng.integers(-3, 4, size))  # exact ties occur
        products = [
            [float(x)] if rng.random() < 0.2 else [float(x), float(y)]
            for x, y in zip(a, b, strict=True)
        ]
        divisor = int(rng.integers(1, 9))
        given.append({"products": products, "divisor": divisor})
        total = sum(
            (Fraction(p[0]) * Fraction(p[1] if len(p) > 1 else 1) for p in products), Fraction(0)
        ) / divisor  # fmt: skip
        wanted.append(by_hand(total))
    assert said("sums", given, tmp_path) == wanted


def by_hand(total):
    """A fraction in four digits, of two that are as near the larger; whole ones up to six."""
    size, sign = abs(total), "−" if total < 0 else ""
    if size == 0:
        return "0"
    if size.denominator == 1 and 10**4 <= size < 10**6:
        return f"{sign}{size}"
    power = 0
    while size >= 10 * Fraction(10) ** power:
        power += 1
    while size < Fraction(10) ** power:
        power -= 1
    four = int(size / Fraction(10) ** (power - 3) + Fraction(1, 2))
    if four == 10_000:
        four, power = 1000, power + 1
    kept = str(four).rstrip("0")
    if -4 <= power < 4:
        exact = Fraction(four) * Fraction(10) ** (power - 3)
        text = f"{float(exact):.{max(0, len(kept) - 1 - power)}f}"
    else:
        text = kept[0] + ("." + kept[1:]) * (len(kept) > 1) + f"e{power}"
    return sign + text.replace("-", "−")
