"""A task as a list shows it: the door, what is to be done there, until when. Names stay masked in lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.domains.places.queries import labels
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.rules import Protocol
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.saying import words_of
from wangge.domains.work.words import OUTCOMES


@dataclass(frozen=True, slots=True)
class Card:
    """What ``parts/task_card.html`` shows."""

    url: str
    door: str
    where: str
    what: list[str]
    due: str
    late: bool
    people: int
    state: str
    state_label: str
    closed: bool
    raised: bool
    call_url: str = ""


def cards(tasks: Sequence[Task]) -> list[Card]:
    """Cards in the order of the tasks, with a fixed number of queries for any number of them."""
    named = labels([task.door for task in tasks])
    editions: dict[int, Protocol] = {}
    for task in tasks:
        if task.response_id not in editions:
            editions[task.response_id] = in_force(task.response)
    return [_card(task, named[task.door_id], editions[task.response_id]) for task in tasks]


def _card(task: Task, name: str, edition: Protocol) -> Card:
    where, _sep, door = name.rpartition(" ")
    waiting = [item for item in task.items.all() if item.state == TaskItem.State.OPEN]
    return Card(
        url=reverse("door", args=[task.uuid]), door=door or name, where=where, what=words_of(waiting, edition),
        due=day_hour(task.due_at), late=task.closed_at is None and task.due_at <= clock.now(),
        people=len({item.person_id for item in waiting if item.person_id}), state=task.outcome,
        state_label=str(OUTCOMES[task.outcome]), closed=task.closed_at is not None,
        raised=task.raised_to_id is not None,
    )  # fmt: skip


def day_hour(at: datetime) -> str:
    """'today 18:00', 'tomorrow 09:00', or the day: what a tired person reads at a glance."""
    local = localtime(at, clock.LOCAL)
    hour = date_format(local, "H:i")
    away = (local.date() - clock.today()).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return f"{near.get(away) or date_format(local, 'MONTH_DAY_FORMAT')} {hour}"
