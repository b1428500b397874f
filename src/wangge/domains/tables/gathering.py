"""What the rows of one part need, read with a few statements whatever their number: memory stays flat."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count

from wangge.base import clock, sealing
from wangge.base.access.scope import EVERYTHING
from wangge.domains.asking.envelope import TABLE
from wangge.domains.asking.models import Answer, AskSubject, Question
from wangge.domains.asking.queries.targets import fresh
from wangge.domains.asking.rules import AskState, SubjectKind
from wangge.domains.duty.queries import responsible, who_answers
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import Kind, ancestors
from wangge.domains.tables.choosing import DOOR, Bank
from wangge.domains.work.models import Attempt


@dataclass(frozen=True, slots=True)
class Told:
    """A fresh answer, opened."""

    value: str
    at: datetime
    source: str
    fresh_until: datetime | None


@dataclass(frozen=True, slots=True)
class Tries:
    """What was tried at a door: how often, and the last time."""

    count: int
    last: Attempt


@dataclass
class Part:
    """Some rows with all that stands around them; each kind of fact is read when a column first asks for it."""

    rows: Sequence[Any]  # people or doors
    bank: Bank
    about_people: bool
    doors: dict[int, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.rows:
            door = self.door_of(one)
            self.doors[door.pk] = door

    def door_of(self, one: Any) -> Place:
        home: Place = one.home if self.about_people else one
        return home.parent if home.kind == Kind.BED and home.parent else home

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """What lies around the doors, by path."""
        paths = {path for door in self.doors.values() for path in ancestors(door.path)}
        return {place.path: place for place in Place.objects.filter(path__in=paths)}

    def around(self, one: Any) -> dict[str, Place]:
        """Everything from city to home, by kind."""
        home = one.home if self.about_people else one
        chain = [self.places[path] for path in ancestors(home.path) if path in self.places]
        return {place.kind: place for place in [*chain, self.door_of(one), home]}

    @cached_property
    def grids(self) -> Mapping[int, str]:
        keys = {door.grid_id for door in self.doors.values() if door.grid_id}
        return dict(Grid.objects.filter(pk__in=keys).values_list("pk", "name"))

    @cached_property
    def holders(self) -> Mapping[int, str]:
        """Who answers for each door now, by name."""
        posts = responsible(list(self.doors.values()))
        answering = who_answers(posts.values())
        names = {post: holding.account.name for post, holding in answering.items() if holding}
        return {door: names.get(post.pk, "") for door, post in posts.items()}

    @cached_property
    def at_door(self) -> Mapping[int, list[Person]]:
        """Everybody alive behind each door."""
        everybody = Person.objects.within(EVERYTHING).filter(died_on__isnull=True).annotate(door_key=DOOR)
        found: dict[int, list[Person]] = defaultdict(list)
        for one in everybody.filter(door_key__in=list(self.doors)).order_by("birth_date", "id"):
            found[one.door_key].append(one)
        return found

    @cached_property
    def answers(self) -> Mapping[tuple[str, int], Told]:
        """Fresh answers by question and person, or door."""
        questions = {one.pk: one for one in self.bank.questions.values()}
        asked = fresh().filter(question__in=list(questions))
        mine = asked.filter(door__in=list(self.doors), person__isnull=True)
        found = list(mine)
        if self.about_people:
            found += asked.filter(person__in=[one.pk for one in self.rows])
        return {_key(one, questions[one.question_id]): _told(one) for one in found}

    def answer(self, question: Question, one: Any) -> Told | None:
        """What was answered to a question about a row: of the person, or of the door."""
        of_person = self.about_people and question.subject == SubjectKind.PERSON
        return self.answers.get((question.name, one.pk if of_person else self.door_of(one).pk))

    @cached_property
    def orders(self) -> Mapping[int, Order]:
        """The order in force of each person; of two Responses the later one."""
        people = [one.pk for one in self.rows] if self.about_people else []
        found = Order.objects.within(EVERYTHING).filter(person__in=people, state=OrderState.IN_FORCE)
        return {one.person_id: one for one in found.order_by("starts_at", "id")}

    @cached_property
    def tries(self) -> Mapping[int, Tries]:
        """The last attempt at each door, and how many there were."""
        rows = Attempt.objects.within(EVERYTHING).filter(task__door__in=list(self.doors))
        counts = dict(rows.order_by().values_list("task__door").annotate(count=Count("pk")))
        last = {one.task.door_id: one for one in rows.select_related("task").order_by("at", "id")}
        return {door: Tries(counts[door], one) for door, one in last.items()}

    @cached_property
    def asked(self) -> Mapping[int, str]:
        """Where each row stands on the list of the latest open ask, by the row's key."""
        keys = [one.pk for one in self.rows]
        listed = AskSubject.objects.within(EVERYTHING).filter(ask__state=AskState.OPEN).order_by("ask__sent_at", "id")
        if self.about_people:
            return dict(listed.filter(person__in=keys).values_list("person", "state"))
        return dict(listed.filter(door__in=keys, person__isnull=True).values_list("door", "state"))

    @cached_property
    def numbers(self) -> Mapping[int, dict[str, Any]]:
        """Documents and phones, opened: only where a column shows them, and the export is on record."""
        shown: Iterable[Person] = (
            self.rows if self.about_people else [p for some in self.at_door.values() for p in some]
        )
        return {one.pk: details(one) for one in shown}


def _key(one: Answer, question: Question) -> tuple[str, int]:
    return question.name, one.person_id if one.person_id is not None else one.door_id


def _told(one: Answer) -> Told:
    value = str(sealing.unseal(TABLE, one.uuid, one.sealed).get("value", "")) if one.sealed else one.value
    return Told(value, one.at, one.source, one.fresh_until)


def stamp(at: datetime | None) -> str:
    """An instant as offices write it, in civil time."""
    return at.astimezone(clock.LOCAL).strftime("%Y-%m-%d %H:%M") if at else ""
