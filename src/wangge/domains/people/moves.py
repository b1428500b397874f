"""How rows that refer to a person follow that person into another record, said by each model for itself.

A model with a key to a person declares ``merging`` per field; a test fails on one that does not. Facts move. What is
only worked out from facts (an open visit, a test still due) stays, and the flow works it out again for whoever holds
the facts now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Moves:
    """``stays``: rows that do not move, as a filter (empty: all move). ``once``: fields that with the person are
    unique among the rows of ``among``: where both have one, the absorbed record keeps its own, or, with ``refused``,
    the two cannot be merged before somebody has settled it."""

    stays: Mapping[str, Any] = field(default_factory=dict)
    once: tuple[str, ...] = ()
    among: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""


#: Facts that belong to whoever it really was.
FACT = Moves()
#: Stays with the record it was made for: the flow makes what the other needs.
STAYS = Moves(stays={"pk__isnull": False})
