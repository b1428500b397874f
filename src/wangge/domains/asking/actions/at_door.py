"""A visit's whole form at once: the household's answers, each person's, and who could not or would not answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import derived
from wangge.domains.asking.actions.recording import Recorded, record_answers
from wangge.domains.asking.rules import Source
from wangge.domains.people.models import Person
from wangge.domains.people.queries import at_door
from wangge.domains.work.actions import note_answered, record_attempt
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Channel, Outcome

SOURCES = {Channel.DOOR: Source.VISIT, Channel.PHONE: Source.PHONE}


@dataclass(frozen=True, slots=True)
class Filled:
    """One part of a door's form. ``asked``: what was put; ``missed``: why this person answered nothing."""

    person: Person | None
    values: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    missed: Outcome | None = None


@transaction.atomic
def record_visit(
    *, task: Task, filled: Sequence[Filled], channel: Channel, at: datetime, by: By, submission: UUID
) -> list[Recorded]:
    """Record what a visit or a call brought, all of it or nothing. Sent twice (same ``submission``) it is one."""
    done = []
    for part in filled:
        uuid = derived("visit", submission, part.person.uuid if part.person else "door")
        if part.missed:
            if part.person and not at_door(EVERYTHING, task.door).filter(pk=part.person.pk).exists():
                continue  # lives elsewhere by now, and the line went along
            record_attempt(
                task=task, outcome=part.missed, channel=channel, by=by, person=part.person, uuid=uuid,
                at=max(at, task.opened_at),
            )  # fmt: skip
        elif part.asked:
            done.append(
                record_answers(
                    door=task.door, person=part.person, values=part.values, asked=part.asked, at=at, by=by,
                    source=SOURCES[channel], instance=uuid, response=task.response,
                )
            )  # fmt: skip
    if done:
        note_answered(task=task, channel=channel, by=by, at=at, uuid=derived("visit", submission, "reached"))
    return done
