"""A word typed by somebody, as a member of an enumeration."""

from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)


def member(kind: type[E], text: str) -> E | None:
    """The member with this value, or None. (``text in Kind`` raises on Python 3.11.)"""
    try:
        return kind(text)
    except ValueError:
        return None
