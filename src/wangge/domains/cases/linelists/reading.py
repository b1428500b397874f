"""A row of a line list as our words, checked. The only parser for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.domains.people.days import read_day
from wangge.domains.people.rules import normal_document

EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class LineInput:
    """Who a row is about (any of id, number, document), the case a contact met, and the day it brings (None: none)."""

    uuid: UUID | None
    number: int | None
    document: str
    case: UUID | None
    day: date | None


def read_line(cells: Mapping[str, str], day_field: str) -> LineInput:
    """Raises Problem at the first field that cannot be read."""
    number = cells.get("number", "").strip()
    digits = number.rpartition("-")[2]
    return LineInput(
        uuid=_uuid(cells, "id"), case=_uuid(cells, "case"),
        number=int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None,
        document=normal_document(cells.get("document", "")), day=_day(cells.get(day_field, ""), day_field),
    )  # fmt: skip


def _uuid(cells: Mapping[str, str], field: str) -> UUID | None:
    """Another system's own id may have any form: then it names nobody here."""
    try:
        return UUID(cells.get(field, "").strip())
    except ValueError:
        return None


def _day(text: str, field: str) -> date | None:
    """A civil day; of an instant such as Go.Data's 2022-04-03T00:00:00.000Z the day as it is written."""
    text = text.strip()
    if not text:
        return None
    try:
        day = read_day(text[:10] if text[10:11] == "T" else text)
    except ValueError as error:
        raise Problem("day_unreadable", field=field, text=text[:20]) from error
    if not EARLIEST <= day <= clock.today():
        raise Problem("day_impossible", field=field, text=text[:20])
    return day
