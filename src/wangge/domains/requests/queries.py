"""Named reads of requests, within a scope."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from wangge.base import clock, sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.requests.models import Request
from wangge.domains.requests.rules import Kind, Outcome

TABLE = "wangge_request"
A_DAY = 10  # requests from one address; a family or a reading room shares one


def requests(scope: Scope) -> ScopedQuerySet[Request]:
    """Open ones first, what is due next at the top; then the answered, the latest first."""
    found = Request.objects.within(scope).select_related("place", "person")
    return found.order_by(F("answered_at").desc(nulls_first=True), "due_at", "id")


def request(scope: Scope, uuid: UUID) -> Request:
    """Raises Request.DoesNotExist, also for another place's."""
    return Request.objects.within(scope).select_related("place", "person", "person__home").get(uuid=uuid)


def details(one: Request) -> dict[str, Any]:
    """The sealed part: name, phone, words, ground, answer. Log the look before showing it."""
    return sealing.unseal(TABLE, one.uuid, one.sealed)


def last_day(one: Request) -> date:
    """The last civil day on which an answer is in time: ``due_at`` is the midnight after it."""
    return clock.day_of(one.due_at - timedelta(seconds=1))


def figures(scope: Scope) -> dict[str, int]:
    """All that was asked: open (in time and late) and answered by outcome; they add up to ``asked``."""
    now, open_ = clock.now(), Q(outcome="")
    return Request.objects.within(scope).aggregate(
        asked=Count("pk"),
        open=Count("pk", filter=open_ & Q(due_at__gte=now)),
        late=Count("pk", filter=open_ & Q(due_at__lt=now)),
        **{one.value: Count("pk", filter=Q(outcome=one.value)) for one in Outcome},
    )


def sent_from(sender: str) -> int:
    """How many requests came from one address within a day."""
    since = clock.now() - timedelta(days=1)
    return Request.objects.within(EVERYTHING).filter(sender=sender, asked_at__gte=since).count()


def known(uuid: UUID) -> Request | None:
    return Request.objects.within(EVERYTHING).filter(uuid=uuid).first()


def objecting(people: Iterable[int]) -> set[int]:
    """Of these people (by key) those whose objection was noted: whoever decides about them should see it."""
    found = Request.objects.within(EVERYTHING).filter(
        person__in=list(people), kind=Kind.OBJECTION, outcome=Outcome.NOTED
    )
    return set(found.values_list("person_id", flat=True))
