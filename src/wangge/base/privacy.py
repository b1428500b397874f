"""Every personal field is declared, with how long it is kept; a test fails on an undeclared one.

A model names its free-form fields (text, bytes, JSON, dates) in ``privacy``. Masking, export, scrubbing and the
phone's store read that list. Retention runs from the closing of the Response (PIPL art. 47).
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OPEN = "open"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"  # PIPL art. 28: health, documents, children under 14


@dataclass(frozen=True, slots=True)
class Declared:
    """How a field is to be treated; ``days`` after the Response closed it is scrubbed (None: kept)."""

    level: Level
    days: int | None
    why: str


def open_(why: str = "") -> Declared:
    return Declared(Level.OPEN, None, why)


def personal(days: int, why: str = "") -> Declared:
    return Declared(Level.PERSONAL, days, why)


def sensitive(days: int, why: str = "") -> Declared:
    return Declared(Level.SENSITIVE, days, why)


def mask_name(name: str) -> str:
    """张三 → 张*; a list shows whom to ask for, not who it is."""
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""


def mask_phone(phone: str) -> str:
    """13812345678 → 138****5678."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****" if phone else ""


def mask_document(number: str) -> str:
    """Only the first and the last two characters stay."""
    return f"{number[:2]}{'*' * max(4, len(number) - 4)}{number[-2:]}" if len(number) > 4 else "****" if number else ""
