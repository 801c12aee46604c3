"""Data of your own: a text or a file that people have becomes a data set, or is refused by place.

    text      bytes → rows of cells: encoding, separator, comments
    foreign   what is no table, and what to do with it
    arrays    arrays as programs print them → rows
    headings  the lines above the samples: title, names, units
    columns   rows → columns: names, an index or id
    signs     a unit that all cells of a column have; a mark and its absence
    totals    a last row of sums or means
    numbers   cells → numbers: decimal comma, thousands, per cent, missing values
    targets   which column is the target, and how it becomes numbers in [0, 1]
    look      a table looked at: its columns, and what each is likely to be
    reading   the table taken

Nothing is changed silently: what was decided is said in the result's `notes`.
"""

from backprop.scenario.tables.errors import DataError
from backprop.scenario.tables.look import Look, look_at
from backprop.scenario.tables.reading import (
    MOST_INPUTS,
    MOST_SAMPLES,
    read_table,
    taken,
    target_ways,
)
from backprop.scenario.tables.targets import MOST_TARGETS, Way

__all__ = [
    "MOST_INPUTS",
    "MOST_SAMPLES",
    "MOST_TARGETS",
    "DataError",
    "Look",
    "Way",
    "look_at",
    "read_table",
    "taken",
    "target_ways",
]
