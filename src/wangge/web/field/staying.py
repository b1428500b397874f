"""Where somebody was, as a worker types it, and what it comes to by the lists of those days; nothing is kept here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.domains.protocol.rules import Protocol
from wangge.domains.risk import queries as risk
from wangge.domains.risk.inputs import read_stay
from wangge.domains.risk.queries import LONGEST_QUERY
from wangge.domains.risk.rules import in_risk_area
from wangge.domains.risk.stays import Piece, Stay, day_by_day
from wangge.domains.risk.words import LEVELS, UNITS
from wangge.domains.selfreports.queries import Verdict, days_that_count, verdict_of
from wangge.sentences import sentence
from wangge.web.applying import asked_of
from wangge.web.areas import LOOK_BACK, told
from wangge.web.command.here import uuid_of
from wangge.web.desk.words import day, days, moment

MOST = 20  # stays of one person


@dataclass(frozen=True, slots=True)
class Row:
    """One stay as it is typed. ``stay``: None while its days cannot be judged, ``problem`` then says why."""

    area: UUID
    name: str
    unit: str
    first: str
    left: str
    stay: Stay | None
    problem: Problem | None

    @property
    def wrong(self) -> str:
        """What is wrong with what was typed; a day still missing is said once it is needed."""
        return sentence(self.problem) if self.problem and self.problem.code != "risk_stay_left" else ""

    @property
    def missing(self) -> str:
        return sentence(self.problem) if self.problem else ""


def rows(typed: QueryDict) -> list[Row]:
    """The stays of a form, with the area that was just chosen and without the one taken away."""
    said = list(zip(typed.getlist("area"), typed.getlist("first"), typed.getlist("left"), strict=False))
    said = [one for number, one in enumerate(said) if str(number) != typed.get("drop")]
    if added := typed.get("add", ""):
        said.append((added, "", ""))
    asked = [(area, first, left) for text, first, left in said[:MOST] if (area := uuid_of(text))]
    today = clock.today()
    known = {one.area.uuid: one.area for one in risk.named({area for area, _first, _left in asked}, today, today)}
    return [
        _row(area, str(known[area]), str(UNITS[known[area].unit]), first[:10], left[:10])
        for area, first, left in asked if area in known
    ]  # fmt: skip


def _row(area: UUID, name: str, unit: str, first: str, left: str) -> Row:
    try:
        return Row(area, name, unit, first, left, read_stay(area, first, left), None)
    except Problem as problem:
        return Row(area, name, unit, first, left, None, problem)


def lookback(edition: Protocol) -> int:
    """How many days before coming back count: as the edition says, else the fourteen of the public page."""
    return edition.self_report.lookback_days if edition.self_report else LOOK_BACK.days


@dataclass(frozen=True, slots=True)
class Judgement:
    """What all stays come to. ``answer``: yes, no, or '' where a list that would say so is missing."""

    arrives: date
    verdict: Verdict
    answer: str
    rows: list[dict[str, Any]]
    applies: dict[str, Any] | None


def judged(found: Sequence[Row], none: bool, came_on: str, edition: Protocol) -> Judgement | None:
    """By the lists of their days, as far back as the edition looks; None while nothing can be judged yet."""
    ready = [one.stay for one in found if one.stay]
    if not ready and not none:
        return None
    arrives = back_on(ready, came_on)
    counted = [_counting(one, arrives, edition) for one in ready]
    verdict = verdict_of([one for one in counted if one], arrives, edition)
    unknown = verdict.unknown or (not ready and _before_the_lists(arrives, edition))
    verdict = replace(verdict, unknown=unknown)
    return Judgement(
        arrives, verdict, in_risk_area(verdict.level, unknown=unknown), _told(found, arrives, edition, verdict),
        asked_of(edition, verdict.level, arrives),
    )  # fmt: skip


def back_on(stays: Iterable[Stay], came_on: str) -> date:
    """The day of coming back: as it is said, else the last day of leaving, else today."""
    try:
        return min(date.fromisoformat(came_on), clock.today())
    except ValueError:
        return max((one.last for one in stays), default=clock.today())


def _counting(stay: Stay, arrives: date, edition: Protocol) -> Stay | None:
    first, last = days_that_count(stay.first, stay.last, arrives, lookback(edition))
    return replace(stay, first=first, last=last) if first <= last else None


def _before_the_lists(arrives: date, edition: Protocol) -> bool:
    """Somebody who was in none of the areas: whether lists are known of all days that count."""
    begins = risk.first_day()
    return begins is None or arrives - timedelta(days=lookback(edition)) < begins


def _told(found: Sequence[Row], arrives: date, edition: Protocol, verdict: Verdict) -> list[dict[str, Any]]:
    """Each stay in words, in the order in which it was typed."""
    times, by_stay = risk.times(), {one.stay: one for one in verdict.judged}

    def lines(row: Row) -> list[str]:
        if row.stay is None:
            return [row.missing]
        counted = _counting(row.stay, arrives, edition)
        return [_piece(one) for one in day_by_day(by_stay[counted], times)] if counted else [_too_long_ago(edition)]

    return [{"name": row.name, "lines": lines(row)} for row in found]


def _too_long_ago(edition: Protocol) -> str:
    text = _("Longer ago than the %(days)d days before coming back: it does not count any more.")
    return text % {"days": lookback(edition)}


def _piece(one: Piece) -> str:
    if one.lists is None:
        text = _("%(days)s: no list of these days is known here.")
    elif one.level is None:
        text = _("%(days)s: not listed then (%(lists)s).")
    else:
        text = _("%(days)s: %(level)s (%(lists)s).")
    level = LEVELS[one.level] if one.level else ""
    return text % {"days": days(one.first, one.last), "level": level, "lists": _lists(one)}


def _lists(one: Piece) -> str:
    if one.lists is None:
        return ""
    first, last = one.lists
    if first == last:
        return _("list of %(time)s") % {"time": moment(last)}
    return _("lists of %(first)s to %(last)s") % {"first": moment(first), "last": moment(last)}


def searched(typed: QueryDict) -> dict[str, Any]:
    """Areas for what is typed: by a name as on the public page, else those around the place that a sentence names."""
    q = typed.get("q", "").replace("\0", "")[:LONGEST_QUERY].strip()
    if not q or "add" in typed:
        return {"q": "", "found": []}
    last = clock.today()
    first = last - LOOK_BACK
    found = risk.search(q, first, last) or risk.near(q, first, last, risk.MOST_FOUND)
    return {"q": q, "found": [told(one) for one in found], "since": day(first)}


def in_words(found: Sequence[Row]) -> str:
    """Where somebody was, with the days, for the answer to "from where": readable in any language."""
    said = [f"{one.name} {one.first}/{one.left}" if one.first else f"{one.name} /{one.left}" for one in found]
    return "; ".join(dict.fromkeys(said))[:400]
