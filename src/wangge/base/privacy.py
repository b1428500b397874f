"""Every personal field is declared, with how long it is kept; a test fails on an undeclared one.

A model names its free-form fields (text, bytes, JSON, dates) in ``privacy``. Masking, export, scrubbing and the
phone's store read that list. Retention runs from the closing of the Response (PIPL art. 47): ``kept`` names the way
from a row to its Response. A declared link (to a person, a door) says that the row is about somebody: it is deleted
as a whole, for a result without its person says nothing and with its person is theirs.
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


@dataclass(frozen=True, slots=True)
class Kept:
    """By which clock the days of a model's personal fields are counted; the model declares it as ``kept``.

    ``response``: the way from a row to the uuid of its Response. ``since``: the way to the instant from which a row in
    no Response counts, with ``days`` of its own where those of the fields do not fit. ``register``: why rows in no
    Response have no day: they are in a standing register and leave it by a verb.
    """

    response: str = ""
    since: str = ""
    days: int | None = None
    register: str = ""


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
