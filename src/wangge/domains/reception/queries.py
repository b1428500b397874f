"""Named reads of receptions: those not over yet, where one waits, who is to meet them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.duty.models import Account, Holding, Post
from wangge.domains.duty.queries import offices, who_answers
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import about
from wangge.domains.places.rules import Kind, ancestors
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, open_responses
from wangge.domains.protocol.rules import Protocol
from wangge.domains.reception.models import TABLE, Reception, ReceptionSpot
from wangge.domains.reception.rules import Limits, State

#: Where people come back to: what has an entrance.
AT = frozenset({Kind.COMMUNITY, Kind.COMPOUND, Kind.SITE, Kind.HAMLET})
MOST_PLACES = 300
STANDING = Case(
    When(state=State.WAITING, then=Value(0)), When(state=State.MET, then=Value(1)), default=Value(2),
    output_field=IntegerField(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """Under what people are received at a place: the Response, its edition of today, and how long they may wait."""

    response: Response
    edition: Protocol
    limits: Limits


def ground(place: Place) -> Ground | None:
    """The narrowest open Response around a place whose edition speaks of entrances; None: nobody is received."""
    around = [*ancestors(place.path), place.path]
    found = open_responses().filter(area__path__in=around).prefetch_related("phases").order_by("-area__path")
    return next((one for each in found if (one := ground_of(each))), None)


def ground_of(response: Response) -> Ground | None:
    """The same in one Response."""
    edition = in_force(response)
    if response.closed_at or (rule := edition.entry) is None:
        return None
    return Ground(response, edition, Limits(rule.wait_minutes, rule.frail_wait_minutes, rule.clause))


def places_for(scope: Scope) -> list[Place]:
    """Where people can be received: the compounds and communities of a scope, and those its grids have doors in."""
    condition = scope.q()
    if scope.grids:
        doors = Place.objects.filter(grid__in=scope.grids).values_list("path", flat=True)
        condition |= Q(path__in={path for door in doors for path in ancestors(door)})
    found = Place.objects.filter(condition, kind__in=AT, closed__isnull=True).order_by("path")
    return list(found[:MOST_PLACES])


def _whole(found: ScopedQuerySet[Reception]) -> ScopedQuerySet[Reception]:
    return found.select_related("place", "spot", "meets", "raised_to", "response", "person", "person__home__parent")


def receptions(scope: Scope) -> ScopedQuerySet[Reception]:
    """The receptions at the places of a scope, or around them."""
    return _whole(Reception.objects.within(EVERYTHING).filter(about(scope, "place")))


def open_at(scope: Scope) -> ScopedQuerySet[Reception]:
    """Those not over: whoever stands there alone first, then by when they came or will."""
    found = receptions(scope).exclude(state=State.ENDED)
    return found.order_by(STANDING, F("arrived_at").asc(nulls_last=True), F("expected_at").asc(nulls_last=True), "id")


def over(scope: Scope) -> ScopedQuerySet[Reception]:
    """Those that are over, the latest first."""
    return receptions(scope).filter(state=State.ENDED).order_by("-ended_at", "-id")


def reception(scope: Scope, uuid: UUID) -> Reception:
    """Raises Reception.DoesNotExist, also outside the scope."""
    return receptions(scope).get(uuid=uuid)


def known(uuid: UUID) -> Reception | None:
    """By the id its page made."""
    return _whole(Reception.objects.within(EVERYTHING)).filter(uuid=uuid).first()


def held(uuid: UUID) -> Reception:
    """For a verb: locked until the transaction ends."""
    return _whole(Reception.objects.within(EVERYTHING)).select_for_update(of=("self",)).get(uuid=uuid)


def said(one: Reception) -> dict[str, Any]:
    """Name, number and words, as somebody said them. Log the look before showing it."""
    return sealing.unseal(TABLE, one.uuid, one.sealed) if one.sealed else {}


def spots(place: Place) -> QuerySet[ReceptionSpot]:
    """Where one waits at a place, or at the nearest around it: sheltered ones first."""
    found = ReceptionSpot.objects.filter(closed_at__isnull=True, place__path__in=[*ancestors(place.path), place.path])
    return found.select_related("place").order_by("-place__path", "-sheltered", "-warm", "-id")


def spots_in(scope: Scope) -> QuerySet[ReceptionSpot]:
    """The places for waiting that are set up in a scope."""
    found = ReceptionSpot.objects.filter(about(scope, "place"), closed_at__isnull=True)
    return found.select_related("place").order_by("place__path", "id")


def spot(scope: Scope, uuid: UUID) -> ReceptionSpot:
    """Raises ReceptionSpot.DoesNotExist."""
    return spots_in(scope).get(uuid=uuid)


def who_meets(place: Place) -> Post | None:
    """The nearest post that answers for a place and in whose seat somebody sits now."""
    posts = offices(place)
    answering = who_answers(posts)
    return next((one for one in posts if answering.get(one.pk)), posts[0] if posts else None)


def answering_for(posts: Iterable[Post | None]) -> dict[int, Holding | None]:
    """Who answers for each of these posts now, by its key."""
    return who_answers([one for one in posts if one])


def met_by(one: Reception) -> str:
    """The name of whoever went to them; '' where nobody did yet."""
    found = Account.objects.filter(uuid=one.met_account).values_list("name", flat=True) if one.met_account else []
    return next(iter(found), "")


def waiting(now: datetime) -> Sequence[Reception]:
    """Everybody who is there and not handed on yet, for the clock."""
    found = Reception.objects.within(EVERYTHING).filter(state__in=[State.WAITING, State.MET], arrived_at__lt=now)
    return list(_whole(found).prefetch_related("response__phases").order_by("id"))


def counts(scope: Scope) -> dict[str, int]:
    """How many stand there alone, and how many are waited for longer than they may."""
    rows = open_at(scope).values_list("state", "levels")
    return {"alone": sum(state == State.WAITING for state, _ in rows), "late": sum(levels > 0 for _, levels in rows)}
