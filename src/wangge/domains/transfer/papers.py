"""Hand-overs typed in from the slip that went with people: who signed when, and how many were counted there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.transfer import handing, queries
from wangge.domains.transfer.inputs import SlipLine
from wangge.domains.transfer.models import OfferedPerson, Passenger, PeopleOffer, Trip
from wangge.domains.transfer.rules_hands import Hand, Stop, may_offer, settle


@transaction.atomic
def type_in(*, uuid: UUID, trip: Trip, line: SlipLine, by: By) -> PeopleOffer:
    """One line of a slip: these people passed into this hand at that time. The same rules hold as on the way: the count
    agrees with the names, nobody who may not be alone goes alone, and each line follows the one before it. Sent twice
    under one id it is one. Raises Problem, NotAllowed."""
    if known := PeopleOffer.objects.filter(uuid=uuid).first():
        return known
    _may(trip, by)
    rows = _of_trip(trip, line)
    if line.asked:
        _told_and_asked(rows, line.at)
    alone = handing.alone_at(trip.plan.response)
    going = queries.going(handing.held([one.pk for one in rows]), alone)
    holder = going[0].holder
    if stop := may_offer(going, holder, line.to):
        raise Problem(stop.value)
    if any(line.at < one.since for one in rows if one.hand not in (Hand.DOOR, Hand.MEETING)):
        raise Problem("transfer_slip_order", field="at")
    keys = [str(one.uuid) for one in rows]
    settled = settle(keys, keys, line.count, {one.key for one in going if one.dependent})
    if isinstance(settled, Stop):
        raise Problem(settled.value, count=line.count, named=len(rows))
    return _written(uuid, trip, rows, line, by)


def _may(trip: Trip, by: By) -> None:
    """Whoever plans there, or one of the hands of the trip. Raises NotAllowed."""
    if queries.leads(by, trip.plan.area):
        return
    hands = (trip.vehicle.driver, trip.vehicle.escort, trip.site.desk)
    if not by.may(Right.HAND_OVER) or not {one.uuid for one in hands if one} & queries.mine(by):
        raise NotAllowed(Right.HAND_OVER)


def _of_trip(trip: Trip, line: SlipLine) -> list[Passenger]:
    """Those of a line, on this trip and in one hand. Raises Problem."""
    found = Passenger.objects.within(EVERYTHING).filter(trip=trip, off_at__isnull=True, uuid__in=line.people)
    rows = list(found.select_related("person", "door", "trip").order_by("id"))
    if not rows:
        raise Problem(Stop.NOBODY.value)
    if len(rows) != len(set(line.people)):
        raise Problem(Stop.STRANGER.value)
    if any(one.refused_at for one in rows):
        raise Problem("hand_refused")
    return rows


def _told_and_asked(rows: Sequence[Passenger], at: datetime) -> None:
    """The slip's own boxes: it was read to them, and asked what and who stays behind."""
    for one in rows:
        one.told_at, one.asked_at = one.told_at or at, one.asked_at or at
        one.save(update_fields=["told_at", "asked_at"])


def _written(uuid: UUID, trip: Trip, rows: Sequence[Passenger], line: SlipLine, by: By) -> PeopleOffer:
    first = rows[0]
    made = PeopleOffer.objects.create(
        uuid=uuid, response=first.response, trip=trip, hand=first.hand, holder=first.holder, to_hand=line.to,
        to_holder=handing.next_post(first, line.to), offered_at=line.at, offered=len(rows), accepted=len(rows),
        state=PeopleOffer.State.ACCEPTED, answered_at=line.at, why=PAPER,
    )  # fmt: skip
    OfferedPerson.objects.bulk_create(OfferedPerson(offer=made, passenger=one, open=False, taken=True) for one in rows)
    handing.moved(made, rows, line.at)
    record(
        "transfer.handed_over", by=by, subject=made.uuid, response=first.response, occurred_at=line.at,
        place=trip.site.place.uuid,
        data={"accepted": len(rows), "missing": [], "to": made.to_hand, "paper": True,
              "people": [str(one.uuid) for one in rows]},
    )  # fmt: skip
    return made


PAPER = "paper"


def day_of(trip: Trip) -> datetime:
    """The midnight from which the times on a trip's slip count."""
    return clock.start_of(clock.day_of(trip.begins_at))
