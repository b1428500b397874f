"""What a form says of somebody who comes back, of how it ended, and of a place for waiting. The only parser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.people.rules import normal_phone
from wangge.domains.reception.rules import Care, Ended, How, Shown

NAME, WORDS, WAY = 40, 200, 160
MOST_PEOPLE = 60
DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class ReceptionInput:
    """``said``: what was given of name, phone and words, and nothing else."""

    uuid: UUID
    place: UUID
    how: How
    shown: Shown
    people: int
    care: tuple[Care, ...]
    expected_at: datetime | None
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EndInput:
    """``taken_by``: the grown-up who takes a child over."""

    how: Ended
    taken_by: str


@dataclass(frozen=True, slots=True)
class SpotInput:
    uuid: UUID
    place: UUID
    name: str
    way: str
    sheltered: bool
    warm: bool
    toilet: bool


def read_reception(typed: Mapping[str, str], care: Sequence[str]) -> ReceptionInput:
    """Raises Problems."""
    wrong = list[Problem]()
    how, shown, place = (member(How, typed.get("how", "")), member(Shown, typed.get("shown", "")),
                         _uuid(typed.get("place", "")))  # fmt: skip
    for name, value in (("how", how), ("shown", shown), ("place", place)):
        if value is None:
            wrong.append(Problem(f"reception_{name}_missing", field=name))
    people, expected = _people(typed.get("people", "1"), wrong), None
    if how is How.PHONE:
        expected = _hour(typed.get("expected_at", ""), wrong)
    if wrong or how is None or shown is None or place is None:
        raise Problems(wrong)
    said = {
        "name": plain(typed.get("name", ""))[:NAME], "phone": normal_phone(typed.get("phone", ""))[:20],
        "words": plain(typed.get("words", ""))[:WORDS],
    }  # fmt: skip
    first = tuple(one for one in Care if one.value in care)
    return ReceptionInput(
        _made(typed.get("uuid", "")), place, how, shown, people, first, expected,
        {name: text for name, text in said.items() if text},
    )  # fmt: skip


def read_end(typed: Mapping[str, str]) -> EndInput:
    """Raises Problem."""
    how = member(Ended, typed.get("how", ""))
    if how is None or how is Ended.CLOSED:
        raise Problem("reception_end_missing", field="how")
    return EndInput(how, plain(typed.get("taken_by", ""))[:NAME])


def read_spot(typed: Mapping[str, str]) -> SpotInput:
    """Raises Problems."""
    name, way = plain(typed.get("name", ""))[:NAME], plain(typed.get("way", ""))[:WAY]
    place = _uuid(typed.get("place", ""))
    needed = (
        ("name", name, "spot_unnamed"), ("way", way, "spot_way_missing"), ("place", place, "reception_place_missing"),
    )  # fmt: skip
    wrong = [Problem(code, field=field) for field, value, code in needed if not value]
    if wrong or place is None:
        raise Problems(wrong)
    marks = [typed.get(mark) == "yes" for mark in ("sheltered", "warm", "toilet")]
    return SpotInput(_made(typed.get("uuid", "")), place, name, way, *marks)


def _people(text: str, wrong: list[Problem]) -> int:
    try:
        number = int(text.strip() or "1")
    except ValueError:
        number = 0
    if not 1 <= number <= MOST_PEOPLE:
        wrong.append(Problem("reception_people_wrong", field="people", most=MOST_PEOPLE))
    return number


def _hour(text: str, wrong: list[Problem]) -> datetime | None:
    """When they come. An hour that is just over is no mistake of whoever writes it down."""
    try:
        at = datetime.fromisoformat(text.strip()).replace(tzinfo=clock.LOCAL)
    except ValueError:
        wrong.append(Problem("reception_hour_missing", field="expected_at"))
        return None
    if not clock.now() - timedelta(hours=12) <= at <= clock.now() + timedelta(days=DAYS_AHEAD):
        wrong.append(Problem("reception_hour_wrong", field="expected_at", days=DAYS_AHEAD))
    return at


def plain(text: str) -> str:
    """Typed text without what only layout needs."""
    return " ".join(text.replace("\0", "").split())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _made(text: str) -> UUID:
    """The id that the page made. Raises Problem where the form came broken."""
    if (found := _uuid(text)) is None:
        raise Problem("paper_form_broken")
    return found
