"""Tables as people in many places write them, from numbers that are known: read to the last digit.

Each is written by a seeded draw of the decimal mark, groups, separator, signs, units, names, title,
encoding and labels. What is read is the numbers, or else a question whose answer gives them.
"""

import csv
import io
import random

import numpy as np
import pytest

from backprop.scenario.tables import DataError, read_table

MARKS = [(".", ","), (",", "."), (".", "'"), (".", "’"), (",", "\u00a0"), (",", "\u202f"),
         (",", "’"), (".", ""), (",", "")]  # fmt: skip
AROUND = [("", "")] * 5 + [("$", ""), ("€ ", ""), ("", " €"), ("R$ ", ""), ("CHF ", ""),
                           ("", " kg"), ("", "°C")]  # fmt: skip
LABELS = [("0", "1"), ("no", "yes"), ("nein", "ja"), ("FALSE", "TRUE"), ("-1", "1"), ("B", "M"),
          ("-", "+"), ("", "x"), ("non", "oui"), ("not ok", "ok")]  # fmt: skip
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]


def number_written(draw, value, digits, decimal, group, grouped):
    whole, _, part = f"{abs(value):.{digits}f}".partition(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", group)
    minus = draw.choice("-−–") if value < 0 else ""
    return minus, whole + (decimal + part if part else "")


def table_written(seed):
    """A file, and the X and y that it was written from."""
    draw = random.Random(seed)
    decimal, group = draw.choice(MARKS)
    separator = draw.choice(";\t" if "," in (decimal, group) else ",;\t|")
    count, inputs = draw.randint(4, 12), draw.randint(1, 5)
    columns, X = [], []
    for _ in range(inputs):
        digits, reach = draw.randint(0, 4), 10 ** draw.uniform(0, 6)
        values = [round(draw.uniform(-reach, reach), digits) + 0.0 for _ in range(count)]
        before, behind = draw.choice(AROUND)
        grouped = draw.random() < 0.4
        cells = []
        for value in values:
            minus, text = number_written(draw, value, digits, decimal, group, grouped)
            cells.append(minus + before + text + behind)
        columns.append(cells)
        X.append(values)
    y = [n % 2 for n in range(count)]
    draw.shuffle(y)
    no_yes = draw.choice(LABELS)
    rows = list(zip(*columns, [no_yes[label] for label in y], strict=True))
    file = io.StringIO()
    quoting = draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    writer = csv.writer(file, delimiter=separator, quoting=quoting)
    end = [""] if draw.random() < 0.2 else []
    if draw.random() < 0.2:
        writer.writerow(["Measured in May", *[""] * inputs, *end])
    writer.writerow([*(f"f{n}" for n in range(inputs)), "label", *end])
    writer.writerows([*row, *end] for row in rows)
    return file.getvalue().encode(draw.choice(ENCODINGS)), np.array(X).T, np.array(y)[:, None]


@pytest.mark.parametrize("seeds", [range(n, n + 100) for n in range(0, 600, 100)], ids=str)
def test_whoever_wrote_it_the_numbers_are_those_that_were_meant(seeds):
    asked = 0
    for seed in seeds:
        content, X, y = table_written(seed)
        try:
            read = [read_table(content)]
        except DataError as question:
            assert question.meanings, (seed, str(question))
            read = [read_table(content, decimal=mark) for mark in question.meanings]
            asked += 1
        found = [np.array_equal(data.X, X) and np.array_equal(data.y, y) for data in read]
        assert any(found), (seed, content)
    assert asked < 5
