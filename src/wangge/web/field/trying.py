"""What asks want at a door, and how it is best tried next: by phone first, then at another time of the day."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.domains.asking.queries.answers import known_texts
from wangge.domains.asking.queries.doors import open_door
from wangge.domains.asking.rules import NextTry, Part, Try, next_try
from wangge.domains.people.queries import at_door
from wangge.domains.work.models import Task
from wangge.domains.work.queries import attempts
from wangge.domains.work.rules import Channel, Next, Outcome, verdict
from wangge.web.access import Asked

MOST = 20  # tries that are looked at
#: The question that is answered better by looking into the lists than by asking.
RISK_AREA = "risk_area"
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


def trying(request: Asked, task: Task) -> Trying:
    """For an open door what is asked there and how to try next; a finished one has nothing open."""
    scope = request.by.scope(Right.WORK_DOORS)
    found = open_door(scope, task.door) if task.closed_at is None else None
    if found is None or not found.count:
        return Trying(0, NextTry(phone=False, part=None))
    number = at_door(scope, task.door).exclude(phone_index="").exists()
    best = known_texts(task.door, None, ["best_hour"]).get("best_hour")
    then = next_try(_failed(task), number_known=number, best=Part(best) if best in set(Part) else None)
    return Trying(found.count, then, frozenset(one.uuid for one in found.waiting_for(RISK_AREA)))


def _failed(task: Task) -> list[Try]:
    """Tries that reached nobody, the oldest first, each with its civil hour."""
    return [
        Try(one.channel == Channel.PHONE, one.at.astimezone(clock.LOCAL).hour)
        for one in reversed(attempts(task)[:MOST])
        if verdict(Outcome(one.outcome)).next is Next.RETRY
    ]
