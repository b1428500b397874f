"""Named reads of meeting points: who is awaited, who is there, who went on; the counts add up."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.places.queries.scoped import about
from wangge.domains.transfer import queries
from wangge.domains.transfer.meeting import NOT_COME
from wangge.domains.transfer.models import MeetingPoint, Passenger
from wangge.domains.transfer.rules_hands import Hand


@dataclass(frozen=True, slots=True)
class Counts:
    """Everybody who was ever on the list of a point is in exactly one of these."""

    awaited: int
    here: int
    went_on: int
    not_come: int
    other: int  # off the list for another reason: the Response was closed

    @property
    def all(self) -> int:
        return self.awaited + self.here + self.went_on + self.not_come + self.other


def points(scope: Scope) -> QuerySet[MeetingPoint]:
    """The open meeting points at the places of a scope or around them."""
    found = MeetingPoint.objects.filter(about(scope, "place"), closed_at__isnull=True)
    return found.select_related("place", "post").order_by("name", "id")


def my_points(by: By) -> list[MeetingPoint]:
    """Those where somebody meets."""
    found = MeetingPoint.objects.filter(post__uuid__in=queries.mine(by), closed_at__isnull=True)
    return list(found.select_related("place", "post").order_by("name", "id"))


def my_point(by: By, uuid: UUID) -> MeetingPoint:
    """One of one's own, or where one leads. Raises MeetingPoint.DoesNotExist."""
    if found := next((one for one in my_points(by) if one.uuid == uuid), None):
        return found
    if not by.may(Right.PLAN_TRANSFER):
        raise MeetingPoint.DoesNotExist
    return points(by.scope(Right.PLAN_TRANSFER)).get(uuid=uuid)


def everybody(point: MeetingPoint) -> ScopedQuerySet[Passenger]:
    """Whoever was ever on a point's list, those who are due first at the head."""
    found = Passenger.objects.within(EVERYTHING).filter(point=point)
    whole = ("person", "door", "trip", "trip__vehicle", "trip__site__place", "site__place")
    return found.select_related(*whole).order_by("due_at", "party", "id")


def counts(people: list[Passenger]) -> Counts:
    """Of a point's people."""
    awaited = here = went_on = missing = other = 0
    for one in people:
        if one.off_at and one.came_at is None:
            missing, other = missing + (one.off_why == NOT_COME), other + (one.off_why != NOT_COME)
        elif one.came_at is None:
            awaited += 1
        elif one.hand == Hand.MEETING and one.off_at is None:
            here += 1
        elif one.hand == Hand.MEETING:
            other += 1
        else:
            went_on += 1
    return Counts(awaited, here, went_on, missing, other)
