"""A door's one form on its way: put before somebody, sealed as it was opened, and what comes back taken by it.

Pages and phones take it here alike: asks may end, others may answer and days may pass between the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core import signing

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import Scope
from wangge.base.problems import Problem
from wangge.domains.asking.actions.at_door import Filled, record_visit
from wangge.domains.asking.actions.recording import Recorded
from wangge.domains.asking.door_form import HERE, DoorForm, compose
from wangge.domains.asking.instances import BrokenInstance
from wangge.domains.asking.queries.doors import DOOR, OpenDoor, open_door
from wangge.domains.asking.queries.opened import as_put, reopened
from wangge.domains.asking.verdict import Fault, Judge, Verdict
from wangge.domains.places.queries import label
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Channel, Outcome

SALT = "wangge.door-form"
MISSED = {"absent": Outcome.ABSENT, "refused": Outcome.REFUSED}


@dataclass(frozen=True, slots=True)
class Door:
    """A door with its open questions, and the one form they make. ``opened``: when it was put; None: not yet."""

    task: Task
    open: OpenDoor
    form: DoorForm
    opened: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What came back: an OpenRosa instance, or answers by name. ``at``: when it was filled in, as the sender says."""

    answers: Mapping[str, str] | bytes
    channel: Channel
    submission: UUID
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it: ``done``, or what is ``wrong`` with some answers and nothing was written."""

    done: list[Recorded] = field(default_factory=list)
    wrong: list[Fault] = field(default_factory=list)


def composed(task: Task, found: OpenDoor, opened: datetime | None = None) -> Door:
    """The form of what is open at a task's door."""
    title = {"zh": label(task.door)}
    return Door(task, found, compose(title=title, version="1", parts=found.parts, forms=found.forms), opened)


def seal(at: Door) -> str:
    """The form as it is opened now, to come back with its answers."""
    return sealed(at.task.door.uuid, at.open)


def sealed(door: UUID, found: OpenDoor) -> str:
    """The same of what was found open at a door. Nothing of what is known stands in it."""
    return signing.dumps([str(door), as_put(found), clock.now().isoformat()], salt=SALT, compress=True)


def opened(task: Task, put: str) -> Door:
    """The form as it was opened. Raises Problem for one that was damaged, or is another door's."""
    try:
        door, parts, *at = signing.loads(put, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise Problem("form_broken") from error
    if door != str(task.door.uuid):
        raise Problem("form_broken")
    return composed(task, reopened(task.door, parts), datetime.fromisoformat(at[0]) if at else None)


def take(*, at: Door, sent: Sent, scope: Scope, by: By) -> Taken:
    """Judge again what the phone judged, then record all of it or nothing. Raises Problem or Problems."""
    when = bounded(sent.at, at.opened)
    try:
        verdict = Judge(at.form.questionnaire).judge(sent.answers, at=when.astimezone(clock.LOCAL))
    except BrokenInstance as broken:
        raise Problem(broken.code, **{name: str(value) for name, value in broken.values.items()}) from broken
    if verdict.unknown:
        raise Problem("form_broken")
    left = _left(at, scope)
    if wrong := _still_wrong(at, verdict, left):
        return Taken(wrong=wrong)
    done = record_visit(
        task=at.task, filled=_filled(at, verdict, left), channel=sent.channel, at=when, by=by,
        submission=sent.submission,
    )  # fmt: skip
    return Taken(done)


def bounded(at: datetime | None, opened: datetime | None) -> datetime:
    """When it was filled in: never before it was opened, never later than now, whatever a phone's clock says."""
    now = clock.now()
    return now if at is None else min(max(at, opened or at), now)


def _left(at: Door, scope: Scope) -> set[tuple[str, str]]:
    """What is still open here, as (part, question)."""
    found = open_door(scope, at.task.door)
    return {(part.key, name) for part in found.parts for name in part.names}


def _still_wrong(at: Door, verdict: Verdict, left: set[tuple[str, str]]) -> list[Fault]:
    """What somebody else answered since the form was opened need not be answered here any more."""
    people = {key for key, _name in left}
    return [
        fault
        for fault in verdict.faults
        if fault.code != "answer_missing" or (slot := at.form.slots[fault.question]) in left
        or (slot[1] == HERE and slot[0] in people)
    ]  # fmt: skip


def _filled(at: Door, verdict: Verdict, left: set[tuple[str, str]]) -> list[Filled]:
    """The answers by whom they concern. A question that was put and stayed empty was put all the same, unless somebody
    else has answered it meanwhile or nobody asks it any more."""
    texts = at.form.by_part(verdict.texts)
    found = []
    for part in at.open.parts:
        mine, person = dict(texts.get(part.key, {})), at.open.people.get(part.key)
        here = mine.pop(HERE, "") if part.key != DOOR else "yes"
        if person is not None and here in MISSED:
            found.append(Filled(person, missed=MISSED[here]))
        elif mine and here == "yes":
            values = {name: text for name, text in mine.items() if name in part.names}
            still = {name for name in part.names if (part.key, name) in left}
            found.append(Filled(person, values, tuple(sorted(still | values.keys()))))
    return found
