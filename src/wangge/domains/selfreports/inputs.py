"""What a self-report says, made uniform. The only parser for it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.people.rules import normal_phone
from wangge.domains.selfreports.rules import AHEAD, MOST_PEOPLE, Said, Travel, Whom

MOST = {
    "people": 120, "reporter": 60, "came_from": 120, "number": 20, "building": 20, "unit": 10, "door": 20, "needs": 300,
}  # fmt: skip
MOST_AREAS = 20
_BETWEEN = re.compile(r"[、,，;；/\n]+")


def read_report(typed: Mapping[str, str], areas: Sequence[str], lookback_days: int) -> Said:
    """Raises Problems with every mistake at once."""
    problems: list[Problem] = []
    today = clock.today()
    whom = member(Whom, typed.get("whom", "")) or _wrong(problems, "report_whom", "whom", Whom.SELF)
    travel = member(Travel, typed.get("travel", "")) or _wrong(problems, "report_travel", "travel", Travel.OTHER)
    people = tuple(name for part in _BETWEEN.split(text(typed, "people")) if (name := part.strip()))
    if not people:
        problems.append(Problem("report_people", field="people"))
    elif len(people) > MOST_PEOPLE:
        problems.append(Problem("report_too_many", field="people", most=MOST_PEOPLE))
    phone = normal_phone(typed.get("phone", "")[:40])
    if not 5 <= len(phone) <= 15:
        problems.append(Problem("report_phone", field="phone"))
    arrives = _day(typed, "arrives", problems)
    if arrives and not today - timedelta(days=lookback_days) <= arrives <= today + AHEAD:
        problems.append(Problem("report_arrives", field="arrives"))
    first, last = _stay(typed, problems, today)
    for name, code in (("came_from", "report_from"), ("door", "report_door")):
        if not text(typed, name):
            problems.append(Problem(code, field=name))
    if problems or arrives is None or first is None or last is None:
        raise Problems(problems)
    return Said(
        uuid=_uuid(typed.get("uuid", "")), whom=whom, people=people, reporter=text(typed, "reporter"), phone=phone,
        came_from=text(typed, "came_from"), first=first, last=last, areas=read_areas(areas), none="none" in typed,
        arrives=arrives, travel=travel, number=text(typed, "number"), building=text(typed, "building"),
        unit=text(typed, "unit"), door=text(typed, "door"), needs=text(typed, "needs"),
    )  # fmt: skip


def text(typed: Mapping[str, str], name: str) -> str:
    """A free text in one line, as long as it may be."""
    plain = unicodedata.normalize("NFKC", typed.get(name, "")[: 4 * MOST[name]]).replace("\0", " ")
    return " ".join(plain.split())[: MOST[name]]


def _wrong(problems: list[Problem], code: str, field: str, instead: Any) -> Any:
    problems.append(Problem(code, field=field))
    return instead


def _day(typed: Mapping[str, str], name: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(typed.get(name, "").strip())
    except ValueError:
        problems.append(Problem("report_day", field=name))
        return None


def _stay(typed: Mapping[str, str], problems: list[Problem], today: date) -> tuple[date | None, date | None]:
    """The days somebody was away. Who has not left yet is there until today at least."""
    first, last = _day(typed, "first", problems), _day(typed, "last", problems)
    if first and last and not (first <= last <= today + AHEAD and last - first <= timedelta(days=3660)):
        problems.append(Problem("report_stay", field="last"))
    return first, last


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise Problems([Problem("report_number")]) from error


def read_areas(chosen: Sequence[str]) -> tuple[UUID, ...]:
    """The ids of areas that were ticked."""
    found: dict[UUID, None] = {}
    for one in chosen[:MOST_AREAS]:
        try:
            found[UUID(one)] = None
        except ValueError:
            continue  # no area of ours has such an id; what was ticked on our page has
    return tuple(found)
