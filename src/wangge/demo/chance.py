"""Chance that comes out the same every time."""

from random import Random


def stream(*parts: object) -> Random:
    """Random numbers of their own for each thing made, so that changing one leaves the others as they are."""
    return Random("/".join(str(part) for part in parts))  # noqa: S311  # a demo city, not a secret
