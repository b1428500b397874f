"""Named reads of asking: the bank, asks and their figures, answers and what is open at a door."""

from wangge.domains.asking.queries.reading import (
    FIGURES,
    ask,
    asks,
    below,
    by_child,
    by_grid,
    costs,
    covering,
    lines,
    not_yet,
    open_asks,
    questions,
    questions_of,
    sums,
)
from wangge.domains.asking.queries.targets import Estimate, fresh

__all__ = [
    "FIGURES", "Estimate", "ask", "asks", "below", "by_child", "by_grid", "costs", "covering", "fresh", "lines",
    "not_yet", "open_asks", "questions", "questions_of", "sums",
]  # fmt: skip
