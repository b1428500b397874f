"""Short words for what happens at doors."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.ids import derived
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.work import tallies
from wangge.domains.work.actions import Wanted, put_items, record_attempt
from wangge.domains.work.models import Tally, Task, TaskItem
from wangge.domains.work.rules import COLUMNS, Channel, Outcome

TWO_HOURS = timedelta(hours=2)


def cause_of(*parts: object) -> UUID:
    return derived("test", *parts)


def wanted(tiny: Small, home: Place, kind: str = "inform_contact", due: timedelta = TWO_HOURS) -> list[Wanted]:
    """One thing to do for each person of a home, caused by the home."""
    at = clock.now() + due
    return [Wanted(home, kind, cause_of(home.uuid, kind), at, person) for person in tiny.living[home.pk]]


def put(tiny: Small, *homes: Place, kind: str = "inform_contact", due: timedelta = TWO_HOURS) -> list[Task]:
    """Put it at these homes; their open tasks in walking order."""
    items = [one for home in homes for one in wanted(tiny, home, kind, due)]
    put_items(response=tiny.response, wanted=items, by=SYSTEM)
    found = Task._base_manager.filter(response=tiny.response, door__in=homes, state="open")
    return list(found.select_related("door", "post", "response").order_by("door__walk"))


def attempt(task: Task, outcome: Outcome, person: Person | None = None, **more: Any) -> Task:
    """Record a try; the task as it is afterwards."""
    record_attempt(task=task, outcome=outcome, channel=Channel.DOOR, by=SYSTEM, person=person, **more)
    return fresh(task)


def fresh(task: Task) -> Task:
    return Task._base_manager.select_related("door", "post", "raised_to", "response").get(pk=task.pk)


def items(task: Task, *states: str) -> list[TaskItem]:
    found = TaskItem._base_manager.filter(task=task).order_by("id")
    return list(found.filter(state__in=states) if states else found)


def sums(tiny: Small, place: str = "city") -> dict[str, int]:
    return tallies.sums(tiny.response, tiny.places[place].path)


def check_tallies(tiny: Small) -> None:
    """Every tally adds up and says what the facts say."""
    for row in Tally.objects.filter(response=tiny.response):
        assert row.expected == sum(getattr(row, column) for column in COLUMNS)
    assert tallies.recount(tiny.response) == []
