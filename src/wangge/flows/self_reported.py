"""What the report of somebody who comes back sets off.

    received   the one home that is meant; where none or several can be, a person looks     match
    matched    what somebody said about themselves, who lives there and has that phone, counts as
               answered: nobody asks them the same again                                     facts
               a visit, where the edition under which it was answered says so for the area
               they come from, and one for what they need: each once for a door and a day   follow

Nothing of this is told to whoever sends: neither the answer nor its time shows whether a door exists.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.ids import derived
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.queries.reading import questions
from wangge.domains.asking.rules import Source
from wangge.domains.people.models import Person
from wangge.domains.people.queries import at_door, by_phone, door_of
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import protocol, response, still_open
from wangge.domains.protocol.rules import ReturnVisit
from wangge.domains.risk.rules import Level, in_risk_area
from wangge.domains.selfreports import actions, queries
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.rules import State, Travel
from wangge.domains.work.actions import Wanted, put_items


def match(event: Event) -> None:
    """Answer ``selfreports.received``."""
    report = queries.held(subject_of(event))
    if report.state != State.WAITING:
        return
    if home := queries.home_of(report):
        actions.match(report=report, home=home, by=SYSTEM, cause=event)
    else:
        actions.leave_unmatched(report=report, by=SYSTEM, cause=event)


def follow(event: Event) -> None:
    """Answer ``selfreports.matched``. Someone who reports twice, or for whom two people report, is visited once."""
    report = queries.held(subject_of(event))
    rule, place = protocol(report.protocol).self_report, report.door
    within = response(report.response)
    if rule is None or place is None or not still_open(within):
        return
    door = door_of(place)
    cause = derived("return", report.response, door.uuid, report.arrives_on)
    visits = [rule.visit(report.level), rule.needs if report.needs else None]
    wanted = [Wanted(door, one.kind, cause, _due(report, one)) for one in visits if one]
    if wanted:
        put_items(response=within, wanted=wanted, by=SYSTEM, cause=event.uuid)


def facts(event: Event) -> None:
    """Answer ``selfreports.matched``: what was said becomes answers of whoever it was said about.

    Anybody can type a name and a door. So it counts only about people of that name behind the door where that phone is
    known; of the others the worker reads the report and asks. An answer the bank refuses stays in the report.
    """
    report = queries.held(subject_of(event))
    within = response(report.response)
    if report.door is None or not still_open(within):
        return
    said, door = queries.details(report), door_of(report.door)
    values = {one.name: value for one in questions(ANSWERS) if (value := _answer(one.name, said, report))}
    phones = set(by_phone(Scope(prefixes=(door.path,)), said.get("phone", "")).values_list("pk", flat=True))
    for person in at_door(EVERYTHING, door) if values and phones else []:
        if person.name in said["people"]:
            instance = derived("self-report", report.uuid, person.uuid)
            _record(door, person, values, report, within, instance)


#: Questions of the bank that a report answers, where the bank has them.
ANSWERS = (
    "came_from",
    "arrive_on",
    "came_by",
    "trip_number",
    "risk_area",
    "companions",
    "contact_phone",
    "arrival_note",
)


def _answer(question: str, said: Mapping[str, Any], report: SelfReport) -> str:
    """What a report says to a question; '' where it says nothing sure."""
    numbered = said["travel"] in (Travel.TRAIN, Travel.PLANE, Travel.COACH)
    answers: dict[str, str] = {
        "came_from": said["came_from"], "arrive_on": report.arrives_on.isoformat(), "came_by": said["travel"],
        "trip_number": said["number"] if numbered else "", "contact_phone": said["phone"],
        "risk_area": in_risk_area(Level(report.level) if report.level else None, unknown=report.unjudged),
        "companions": str(len(said["people"]) - 1), "arrival_note": said["needs"],
    }  # fmt: skip
    return answers[question]


def _record(
    door: Place, person: Person, values: Mapping[str, str], report: SelfReport, within: Response, instance: UUID
) -> None:
    with suppress(Problem, Problems):  # it stands in the report all the same, where whoever comes to the door reads it
        record_answers(
            door=door, person=person, values=values, at=report.received_at, by=SYSTEM, source=Source.SELF,
            instance=instance, response=within,
        )  # fmt: skip


def _due(report: SelfReport, visit: ReturnVisit) -> datetime:
    """Counted from when they are there, or from when we knew, whichever is later."""
    there = max(report.received_at, clock.start_of(report.arrives_on))
    return there + timedelta(hours=visit.within_hours)
