"""Which places may have a point: never a home, whose point would say where somebody lives."""

from wangge.domains.places.rules import DOORS, HOMES, Kind

POINTED = frozenset(Kind) - DOORS - HOMES


def has_point(kind: str) -> bool:
    """Whether a place of this kind may have a point."""
    return kind in POINTED
