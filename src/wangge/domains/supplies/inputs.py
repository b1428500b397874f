"""What is typed about supplies. The only parser."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.supplies.rules import Answered, Came, Given, Kind, Why

MOST, NAME, UNIT, NUMBER = 1_000_000, 40, 10, 40
MOST_DAYS = 30  # what is ordered for later than that is no answer


def plain(value: Any, most: int) -> str:
    """Typed text in one line and one form."""
    text = unicodedata.normalize("NFKC", str(value or "")[: 4 * most]).replace("\0", " ")
    return " ".join(text.split())[:most]


def read_uuid(value: Any) -> UUID | None:
    """An id that came with a form; None where it was lost."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _whole(value: Any) -> int | None:
    text = plain(value, 12).replace(",", "")
    return int(text) if text.isascii() and text.isdigit() and int(text) <= MOST else None


def read_amount(typed: Mapping[str, Any]) -> int:
    """Raises Problem."""
    if not (number := _whole(typed.get("amount"))):
        raise Problem("supply_amount", field="amount", most=MOST)
    return number


def _day(typed: Mapping[str, Any], name: str, code: str, **values: Any) -> date | None:
    if not (text := plain(typed.get(name), 12).replace("/", "-").replace(".", "-")):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Problem(code, field=name, **values) from error


@dataclass(frozen=True, slots=True)
class ItemInput:
    """An item that is known (``item``), or the name and unit of a new one."""

    item: UUID | None
    name: str
    unit: str


def read_item(typed: Mapping[str, Any]) -> ItemInput:
    """Raises Problem."""
    item, name, unit = read_uuid(typed.get("item")), plain(typed.get("name"), NAME), plain(typed.get("unit"), UNIT)
    if item is None and not name:
        raise Problem("supply_item", field="item")
    if item is None and not unit:
        raise Problem("supply_unit", field="unit")
    return ItemInput(item, name, unit)


@dataclass(frozen=True, slots=True)
class InInput:
    """What came in: how many, until when it keeps, from where, the number of its paper."""

    item: ItemInput
    amount: int
    expires_on: date | None
    came: Came
    number: str


def read_in(typed: Mapping[str, Any]) -> InInput:
    """Raises Problems with every mistake at once."""
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for name, read in (("item", read_item), ("amount", read_amount), ("expires_on", _expiry), ("came", _came)):
        try:
            found[name] = read(typed)
        except Problem as problem:
            problems.append(problem)
    if problems:
        raise Problems(problems)
    return InInput(**found, number=plain(typed.get("number"), NUMBER))


def _expiry(typed: Mapping[str, Any]) -> date | None:
    return _day(typed, "expires_on", "supply_date")


def _came(typed: Mapping[str, Any]) -> Came:
    if (came := member(Came, str(typed.get("came") or ""))) is None:
        raise Problem("supply_came", field="came")
    return came


@dataclass(frozen=True, slots=True)
class CountInput:
    """How many were counted, and why that differs from the ledger if it does."""

    counted: int
    why: Why | None


def read_count(typed: Mapping[str, Any]) -> CountInput:
    """Raises Problem."""
    if (counted := _whole(typed.get("counted"))) is None:
        raise Problem("supply_counted", field="counted")
    return CountInput(counted, member(Why, str(typed.get("why") or "")))


@dataclass(frozen=True, slots=True)
class StoreInput:
    """``place``, ``grid`` and ``post`` by their ids."""

    name: str
    kind: Kind
    place: UUID
    grid: UUID | None
    post: UUID
    uuid: UUID | None


def read_store(typed: Mapping[str, Any]) -> StoreInput:
    """Raises Problems."""
    name, kind = plain(typed.get("name"), NAME), member(Kind, str(typed.get("kind") or ""))
    place, post = read_uuid(typed.get("place")), read_uuid(typed.get("post"))
    missing = (("name", name), ("kind", kind), ("place", place), ("post", post))
    problems = [Problem(f"store_{field}", field=field) for field, value in missing if not value]
    if problems or kind is None or place is None or post is None:
        raise Problems(problems)
    return StoreInput(name, kind, place, read_uuid(typed.get("grid")), post, read_uuid(typed.get("uuid")))


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """What a level does about something that runs out, and by which day it comes."""

    answer: Answered
    by_day: date | None


def read_answer(typed: Mapping[str, Any], today: date) -> AnswerInput:
    """Raises Problem."""
    if (answer := member(Answered, str(typed.get("answer") or ""))) is None:
        raise Problem("shortage_answer", field="answer")
    if answer is not Answered.ORDERED:
        return AnswerInput(answer, None)
    day = _day(typed, "by_day", "shortage_day", most=MOST_DAYS)
    if day is None or not 0 <= (day - today).days <= MOST_DAYS:
        raise Problem("shortage_day", field="by_day", most=MOST_DAYS)
    return AnswerInput(answer, day)


LINES = 6  # items in a parcel


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """How many of an item are in a parcel of each size."""

    item: ItemInput
    small: int
    middle: int
    large: int


@dataclass(frozen=True, slots=True)
class ParcelInput:
    """A distribution: its name, what is in a parcel, for whom (``area``) and out of which store."""

    name: str
    area: UUID | None
    items: tuple[ParcelLine, ...]


def read_parcel(typed: Mapping[str, Any]) -> ParcelInput:
    """Raises Problems."""
    name, area, problems = plain(typed.get("name"), NAME), read_uuid(typed.get("area")), []
    if not name:
        problems.append(Problem("parcel_name", field="name"))
    if area is None:
        problems.append(Problem("parcel_area", field="area"))
    lines: list[ParcelLine] = []
    for number in range(LINES):
        try:
            lines += _line(typed, number)
        except Problem as problem:
            problems.append(problem)
    if not lines and not any(one.field.startswith("item") for one in problems):
        problems.append(Problem("parcel_empty", field="item0"))
    if len({one.item.item for one in lines}) < len(lines):
        problems.append(Problem("parcel_twice", field="item0"))
    if problems:
        raise Problems(problems)
    return ParcelInput(name, area, tuple(lines))


def _line(typed: Mapping[str, Any], number: int) -> list[ParcelLine]:
    """A row of the form; nothing where no item is chosen. Raises Problem."""
    if (item := read_uuid(typed.get(f"item{number}"))) is None:
        return []
    amounts = [_whole(typed.get(f"{size}{number}") or "0") for size in ("small", "middle", "large")]
    small, middle, large = (each if each is not None else -1 for each in amounts)
    if min(small, middle, large) < 0 or not small + middle + large:
        raise Problem("parcel_amounts", field=f"item{number}")
    return [ParcelLine(ItemInput(item, "", ""), small, middle, large)]


def read_ticks(typed: Any) -> dict[UUID, Given]:
    """What was ticked on a sheet: ``door`` with what came of it, as "handed:…". What is unreadable is left out."""
    found: dict[UUID, Given] = {}
    for text in typed.getlist("door"):
        word, _sep, uuid = str(text).partition(":")
        given, door = member(Given, word), read_uuid(uuid)
        if given and door:
            found[door] = given
    return found


def read_arrived(typed: Mapping[str, Any]) -> int:
    """How many arrived, as counted. Raises Problem."""
    if (counted := _whole(typed.get("arrived"))) is None:
        raise Problem("supply_counted", field="arrived")
    return counted
