"""How doors are best tried next: by phone first, then at another time of the day. For many doors at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.sets import keys
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.asking.queries.doors import OpenDoor
from wangge.domains.asking.queries.targets import fresh
from wangge.domains.asking.rules import NextTry, Part, Try, next_try
from wangge.domains.people.models import Person
from wangge.domains.work.models import Attempt, Task
from wangge.domains.work.rules import Channel, Next, Outcome, verdict

MOST = 20  # tries that are looked at
#: The question that is answered better by looking into the lists than by asking.
RISK_AREA = "risk_area"
BEST_HOUR = "best_hour"
ADVICE = {
    (True, None): _("Call first: a number is known. If nobody answers, note it below and go to the door."),
    (True, Part.MORNING): _("Call first, best in the morning."),
    (True, Part.AFTERNOON): _("Call first, best in the afternoon."),
    (True, Part.EVENING): _("Call first, best in the evening."),
    (False, None): _("One form for everything that is asked here."),
    (False, Part.MORNING): _("Go to the door, best in the morning."),
    (False, Part.AFTERNOON): _("Go to the door, best in the afternoon."),
    (False, Part.EVENING): _("Go to the door, best in the evening."),
}


@dataclass(frozen=True, slots=True)
class Trying:
    """``count``: how many questions are open here, from all asks together; ``then``: how to try next; ``stays``: the
    people who are asked whether they were in a risk area."""

    count: int
    then: NextTry
    stays: frozenset[UUID] = frozenset()

    @property
    def advice(self) -> str:
        return str(ADVICE[self.then.phone, self.then.part])


NOTHING = Trying(0, NextTry(phone=False, part=None))


def tryings(scope: Scope, tasks: Sequence[Task], opened: Mapping[int, OpenDoor]) -> dict[int, Trying]:
    """For each task (by key) what is asked at its door and how to try next, in a fixed number of queries. ``opened``:
    what is open at the doors, by key; a task whose door is not there has nothing open."""
    asking = [one for one in tasks if (found := opened.get(one.door_id)) and found.count]
    doors = [one.door_id for one in asking]
    numbers, best, failed = _numbers(scope, doors), _best(doors), _failed(asking)
    said = {one.pk: NOTHING for one in tasks}
    for one in asking:
        found = opened[one.door_id]
        then = next_try(failed.get(one.pk, []), number_known=one.door_id in numbers, best=best.get(one.door_id))
        said[one.pk] = Trying(found.count, then, frozenset(who.uuid for who in found.waiting_for(RISK_AREA)))
    return said


def _numbers(scope: Scope, doors: Sequence[int]) -> set[int]:
    """The doors behind which a number of somebody is known."""
    behind = Q(home__in=keys(doors)) | Q(home__parent__in=keys(doors))
    found = Person.objects.within(scope).filter(behind).exclude(phone_index="")
    return {pk for pair in found.values_list("home_id", "home__parent_id") for pk in pair if pk} & set(doors)


def _best(doors: Sequence[int]) -> dict[int, Part]:
    """The part of the day that somebody knows to be best, by door."""
    found = fresh().filter(door__in=keys(doors), person__isnull=True, question__name=BEST_HOUR, empty="")
    said = {one.door_id: value_of(one) for one in found}
    return {door: Part(text) for door, text in said.items() if text in set(Part)}


def _failed(tasks: Sequence[Task]) -> dict[int, list[Try]]:
    """Tries that reached nobody, the oldest first, each with its civil hour."""
    tried: dict[int, list[Attempt]] = {}
    for one in Attempt.objects.within(EVERYTHING).filter(task__in=keys(one.pk for one in tasks)).order_by("-at", "-id"):
        tried.setdefault(one.task_id, []).append(one)
    return {
        task: [
            Try(one.channel == Channel.PHONE, one.at.astimezone(clock.LOCAL).hour)
            for one in reversed(some[:MOST])
            if verdict(Outcome(one.outcome)).next is Next.RETRY
        ]
        for task, some in tried.items()
    }
