"""What is looked at at an entrance, as an edition says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wangge.domains.protocol.rules_words import Confidence, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """What is looked at before somebody walks in, by kind of checkpoint; a kind that is not in ``asks`` has none here.

    ``fever``: from this reading on, in tenths of a degree Celsius. ``list_hours``: how old a status list may be until
    ``fallback`` holds. ``register_days``: how long the visitors' register is kept.
    """

    rule: Text
    clause: str
    asks: Mapping[str, tuple[str, ...]]
    fever: int
    list_hours: int
    register_days: int
    fallback: Text
    marks: Mapping[str, Confidence] = field(default_factory=dict)
