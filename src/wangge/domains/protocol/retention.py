"""What of a Response's data is due, what is coming, and what was deleted with proof: for people and for commands."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from wangge.base import clock, keys
from wangge.base.events.models import Event
from wangge.base.retention import queries
from wangge.base.retention.queries import Counts, Term
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import closed_responses

AHEAD = timedelta(days=30)


class When(StrEnum):
    OVERDUE = "overdue"  # the night that should have deleted it has passed
    DUE = "due"  # the coming night deletes it
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Outlook:
    """The filled fields of one term. ``response`` is empty for rows in none; ``due`` is then not one instant."""

    response: Response | None
    days: int
    due: datetime | None
    when: When
    counts: Counts
    key: bool = False  # the Response's data key is still there although nothing needs it


def outlook(now: datetime, needed: Container[UUID] = ()) -> list[Outlook]:
    """What is overdue, due and coming within thirty days, in that order. ``needed``: keys that check-ins still need."""
    found = [*_of_responses(now, needed), *_in_none(now)]
    return sorted(found, key=lambda one: (list(When).index(one.when), one.due or now))


def when(due: datetime, now: datetime) -> When | None:
    """Where an instant lies: a night's deletion takes what was due as its day began."""
    if due < clock.start_of(clock.day_of(now)):
        return When.OVERDUE
    return When.DUE if due <= now else When.COMING if due <= now + AHEAD else None


def _of_responses(now: datetime, needed: Container[UUID]) -> Iterator[Outlook]:
    held = keys.load(settings.WANGGE_KEYS).responses
    for one in closed_responses():
        for term in queries.terms(one.uuid, _closed(one)):
            at = when(term.due, now)
            if at and queries.anything_left(term):
                yield Outlook(one, term.days, term.due, at, queries.count_ready(term))
        last = max(term.due for term in queries.terms(one.uuid, _closed(one)))
        left = one.uuid in needed or queries.sealed_left(one.uuid)
        if one.uuid in held and last < clock.start_of(clock.day_of(now)) and not left:
            yield Outlook(one, 0, last, When.OVERDUE, {}, key=True)


def _closed(one: Response) -> datetime:
    if one.closed_at is None:
        raise ValueError(f"Response {one.uuid} is open")
    return one.closed_at


def _in_none(now: datetime) -> Iterator[Outlook]:
    """Rows in no Response: each runs from its own beginning, so a later look finds more of them."""
    for term in queries.own_terms(now):
        nights = {When.OVERDUE: clock.start_of(clock.day_of(now)), When.DUE: now, When.COMING: now + AHEAD}
        before: Counts = {}
        for at, due in nights.items():
            counts = queries.count_ready(Term(None, term.days, due))
            more = queries.less(counts, before)
            if queries.total(more):
                yield Outlook(None, term.days, None, at, more)
            before = counts


@dataclass(frozen=True, slots=True)
class Proof:
    """A deletion that was done: under which term, what there was and what is left, and when."""

    response: UUID | None
    days: int
    due: datetime
    began: datetime
    done: datetime
    before: Counts
    after: Counts
    event: UUID


def proofs(response: UUID | None) -> list[Proof]:
    """The deletions done of a Response, or of rows in none, the oldest first."""
    done = [one for one in queries.proofs(response) if one.kind == "retention.deletion_done"]
    causes = [one.cause for one in done]
    began = {one.uuid: one.recorded_at for one in Event.objects.filter(uuid__in=causes)}
    return [
        Proof(
            response, one.data["days"], datetime.fromisoformat(one.data["due"]),
            began.get(one.cause, one.recorded_at) if one.cause else one.recorded_at, one.recorded_at,
            one.data["before"], one.data["after"], one.uuid,
        )
        for one in done
    ]  # fmt: skip


def key_destroyed(response: UUID) -> datetime | None:
    """When a Response's data key was destroyed."""
    found = [one.recorded_at for one in queries.proofs(response) if one.kind == "retention.key_destroyed"]
    return found[0] if found else None
