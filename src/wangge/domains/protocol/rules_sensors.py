"""What an edition says of sensors at doors (门磁). Without it none is fitted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wangge.domains.protocol.rules_words import Confidence, Text


@dataclass(frozen=True, slots=True)
class Sensors:
    """A sensor may be fitted at the door of somebody for whom one of these measures runs at home."""

    rule: Text
    clause: str
    measures: tuple[str, ...]
    marks: Mapping[str, Confidence] = field(default_factory=dict)
