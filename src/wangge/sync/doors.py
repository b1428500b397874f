"""A worker's doors as a phone holds them: what the visit needs and no more, in a fixed number of queries."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from wangge.base import clock, sealing
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.sets import keys
from wangge.domains.asking.door_xml import digest_of, door_xml
from wangge.domains.asking.filling import sealed
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.asking.queries.doors import KNOWLEDGE, OpenDoor, about_doors, open_doors
from wangge.domains.asking.saying import answer_words, question_words
from wangge.domains.asking.trying import Trying, tryings
from wangge.domains.duty.models import Account
from wangge.domains.people.models import Person
from wangge.domains.people.rules import age_on, is_frail
from wangge.domains.places.queries import labels
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.rules import Protocol
from wangge.domains.work.models import Attempt, Task, TaskItem
from wangge.domains.work.queries import mine
from wangge.domains.work.saying import item_words
from wangge.domains.work.words import CHANNELS, OUTCOMES

TRIES = 20  # that a phone shows of a door, the latest first


@dataclass(frozen=True, slots=True)
class Door:
    """A task's door. ``content``: all but the form; ``people``: whoever is shown in it; ``form``: what tells its form,
    '' where nothing is open."""

    task: Task
    name: str
    content: dict[str, Any]
    open: OpenDoor
    people: list[UUID]
    form: str

    @property
    def digest(self) -> str:
        return _keyed(sealing.as_json(self.content) + self.form)

    @property
    def _title(self) -> dict[str, str]:
        return {"zh": self.name}

    def whole(self, *, with_form: bool) -> dict[str, Any]:
        """As it is sent; without ``with_form`` the phone has the XML already, by its hash."""
        if not self.open.count:
            return self.content | {"form": None}
        xml = door_xml(self._title, self.open.parts, self.open.forms) if with_form else None
        put = sealed(self.task.door.uuid, self.open)
        return self.content | {"form": {"hash": self.form, "xml": xml, "put": put, "count": self.open.count}}


def _keyed(text: str) -> str:
    """Under a key: what little a door says could be guessed from a plain hash."""
    return sealing.blind("package", hashlib.sha256(text.encode()).hexdigest())[:32]


def doors_of(account: Account, scope: Scope) -> list[Door]:
    """What an account's posts have to do now, in walking order, within the places it covers."""
    tasks = list(mine(account).filter(scope.q("door")))
    named = labels([one.door for one in tasks])
    opened = open_doors(scope, [one.door for one in tasks])
    about = _About(scope, tasks, opened)
    return [_door(one, named[one.door_id], opened[one.door_id], about) for one in tasks]


class _About:
    """What is read of all doors at once."""

    def __init__(self, scope: Scope, tasks: Sequence[Task], opened: dict[int, OpenDoor]) -> None:
        places = [one.door for one in tasks]
        self.people = _people(scope, {one.pk for one in places})
        self.known = about_doors(scope, places, KNOWLEDGE)
        self.tries = _tries(tasks)
        self.trying = tryings(scope, tasks, opened)
        self.editions: dict[int, Protocol] = {}
        for task in tasks:
            if task.response_id not in self.editions:
                self.editions[task.response_id] = in_force(task.response)


def _people(scope: Scope, doors: set[int]) -> dict[int, list[Person]]:
    """Who lives behind each door: a household, a yard, or the beds of a room."""
    behind = Q(home__in=keys(doors)) | Q(home__parent__in=keys(doors))
    found: dict[int, list[Person]] = {}
    for one in Person.objects.within(scope).filter(behind, died_on__isnull=True).select_related("home").order_by(
        "birth_date", "id"
    ):  # fmt: skip
        for door in doors.intersection(pk for pk in (one.home_id, one.home.parent_id) if pk):
            found.setdefault(door, []).append(one)
    return found


def _tries(tasks: Sequence[Task]) -> dict[int, list[Attempt]]:
    found: dict[int, list[Attempt]] = {}
    for one in Attempt.objects.within(EVERYTHING).filter(task__in=keys(one.pk for one in tasks)).order_by("-at", "-id"):
        found.setdefault(one.task_id, []).append(one)
    return found


def _door(task: Task, name: str, found: OpenDoor, about: _About) -> Door:
    where, _sep, door = name.rpartition(" ")
    waiting = [one for one in task.items.all() if one.state == TaskItem.State.OPEN]
    people, trying = about.people.get(task.door_id, []), about.trying[task.pk]
    content = {
        "task": str(task.uuid), "door": str(task.door.uuid), "name": door or name, "where": where,
        "walk": task.door.walk, "due": task.due_at.isoformat(), "late": task.due_at <= clock.now(),
        "raised": task.raised_to_id is not None,
        "items": [_item(one, about.editions[task.response_id]) for one in waiting],
        "people": [_person(one, trying, waiting) for one in people],
        "known": [
            {"label": question_words(one.question), "value": answer_words(one.question, value_of(one))}
            for one in about.known.get(task.door_id, [])
        ],
        "tries": [
            {"at": one.at.isoformat(), "words": f"{OUTCOMES[one.outcome]} · {CHANNELS[one.channel]}"}
            for one in about.tries.get(task.pk, [])[:TRIES]
        ],
        "then": {"phone": trying.then.phone, "words": trying.advice},
    }  # fmt: skip
    form = _keyed(digest_of({"zh": name}, found.parts, found.forms)) if found.count else ""
    return Door(task, name, content, found, [one.uuid for one in people], form)


def _item(one: TaskItem, edition: Protocol) -> dict[str, Any]:
    return {
        "uuid": str(one.uuid), "kind": one.kind, "words": item_words(one.kind, edition),
        "person": str(one.person.uuid) if one.person else None, "due": one.due_at.isoformat(),
    }  # fmt: skip


def _person(one: Person, trying: Trying, waiting: Sequence[TaskItem]) -> dict[str, Any]:
    """Whether a number is known, never which: a call is asked for, and logged."""
    today = clock.today()
    return {
        "uuid": str(one.uuid), "name": one.name, "age": age_on(one.birth_date, today),
        "frail": is_frail(one.birth_date, today), "phone": bool(one.phone_index), "stays": one.uuid in trying.stays,
        "intake": any(item.kind == "intake" and item.person_id == one.pk for item in waiting),
    }  # fmt: skip
