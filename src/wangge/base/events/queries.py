"""Named reads of the log, its runs and the record of looks. Pages go by key, never by counting rows off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.base.events.models import Event, FlowRun

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Sought:
    """What of the log is asked for; empty means all. ``uuid`` is an event, ``cause`` what it led to."""

    kind: str = ""
    response: UUID | None = None
    posts: tuple[UUID, ...] | None = None
    subject: UUID | None = None
    cause: UUID | None = None
    uuid: UUID | None = None
    day: date | None = None


def log(sought: Sought, places: QuerySet[Model, UUID] | None, responses: Iterable[UUID]) -> QuerySet[Event]:
    """Facts, newest first: all (``places`` None), or those about these places, or about these Responses as a whole."""
    fields = {name: getattr(sought, name) for name in ("kind", "response", "subject", "cause", "uuid")}
    found = Event.objects.filter(**{name: value for name, value in fields.items() if value})
    if sought.posts is not None:
        found = found.filter(post__in=sought.posts)
    if sought.day:
        found = found.filter(recorded_at__gte=clock.start_of(sought.day), recorded_at__lt=clock.end_of(sought.day))
    if places is not None:
        found = found.filter(Q(place__in=places) | Q(place__isnull=True, response__in=list(responses)))
    return found.order_by("-id")


def kinds() -> list[str]:
    """The kinds of fact that are on record, by name."""
    return list(Event.objects.order_by("kind").values_list("kind", flat=True).distinct())


def looks(people: QuerySet[Model, UUID] | None, day: date | None = None) -> QuerySet[AccessLog]:
    """Who looked at whom, newest first: at everybody (``people`` None), or at these."""
    found = AccessLog.objects.filter(person__in=people) if people is not None else AccessLog.objects.all()
    if day:
        found = found.filter(at__gte=clock.start_of(day), at__lt=clock.end_of(day))
    return found.order_by("-id")


def troubled() -> QuerySet[FlowRun]:
    """Runs that were given up, and those that failed and will be tried again, newest first."""
    wrong = Q(state=FlowRun.State.FAILED) | Q(state=FlowRun.State.WAITING, attempts__gt=0)
    return FlowRun.objects.filter(wrong).select_related("event").order_by("-id")


def failed_runs() -> int:
    """How many runs were given up and wait for somebody to look."""
    return FlowRun.objects.filter(state=FlowRun.State.FAILED).count()


def before(rows: QuerySet[M], key: int | None, most: int) -> tuple[list[M], int | None]:
    """A page of rows in order of falling key, from below ``key`` on, and the key to go on from (None: the end)."""
    if key is not None:
        rows = rows.filter(pk__lt=key)
    page = list(rows[: most + 1])
    return page[:most], page[most - 1].pk if len(page) > most else None
