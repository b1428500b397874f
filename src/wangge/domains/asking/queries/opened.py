"""A door's form as somebody opened it: whatever was closed, answered or moved since, its answers are read by it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wangge.base.access.scope import EVERYTHING
from wangge.domains.asking.models import Ask, Question
from wangge.domains.asking.queries.doors import OpenDoor, known_here, made
from wangge.domains.asking.rules import AskState
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place

#: Each part as it was put: the person's uuid ('' for the household), the questions asked, those held as known.
Put = Sequence[tuple[str, Sequence[str], Sequence[str]]]


def as_put(found: OpenDoor) -> list[list[Any]]:
    """What of an opened form has to travel with it, as plain data; nothing of what is known."""
    return [
        [str(found.people[part.key].uuid) if part.person else "", sorted(part.names), sorted(part.known)]
        for part in found.parts
    ]


def reopened(door: Place, put: Put) -> OpenDoor:
    """The form again, from ``as_put``. What is sealed with a form was shown to whoever sends it: no scope."""
    names = {name for _who, asked, held in put for name in (*asked, *held)}
    found = Question.objects.filter(name__in=names).select_related("form")
    every = {one.pk: one for one in found.order_by("form_id", "position")}
    ids = [UUID(who) for who, _asked, _held in put if who]
    rows = {one.uuid: one for one in Person.objects.within(EVERYTHING).filter(uuid__in=ids)}
    people = {rows[one].pk: rows[one] for one in ids if one in rows}
    wanted = {
        rows[UUID(who)].pk if who else None: set(asked)
        for who, asked, _held in put if not who or UUID(who) in rows
    }  # fmt: skip
    asks = Ask.objects.filter(subjects__door=door, state=AskState.OPEN, asked__question__in=every).distinct()
    return made(
        list(asks.select_related("response").order_by("number")),
        list(every.values()),
        wanted,
        people,
        known_here(door, people, set(every)),
    )
