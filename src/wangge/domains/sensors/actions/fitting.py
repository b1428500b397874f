"""A device at a door: fitted under an order, silent at once when its ground is gone, taken off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.protocol.queries import held_open
from wangge.domains.sensors.models import Fit, Sensor
from wangge.domains.sensors.rules import Kind, Silent


@dataclass(frozen=True, slots=True)
class Under:
    """On what ground a sensor is at a door: the Response, and for a door sensor the order with its end and clause."""

    response: UUID
    protocol: str
    clause: str = ""
    order: UUID | None = None
    until: datetime | None = None


@transaction.atomic
def fit(*, sensor: Sensor, door: Place, under: Under, by: By, uuid: UUID | None = None) -> Fit:
    """Fit a device. The caller has looked that the order stands and that the protocol fits sensors for it: an order
    belongs to another street. Raises Problem."""
    by.need(Right.WORK_DOORS, door.path, door.grid_id)
    if uuid and (known := Fit.objects.within(EVERYTHING).filter(uuid=uuid).first()):
        return known
    one = Sensor.objects.select_for_update().get(pk=sensor.pk)
    if one.retired_at:
        raise Problem("sensor_retired")
    if one.kind == Kind.DOOR and (under.order is None or under.until is None):
        raise Problem("sensor_no_order")
    if not held_open(under.response):
        raise Problem("sensor_no_response")
    if Fit.objects.within(EVERYTHING).filter(sensor=one, off_at__isnull=True).exists():
        raise Problem("sensor_at_a_door", field="sensor")
    made = Fit(
        sensor=one, door=door, response=under.response, order=under.order, until=under.until,
        protocol=under.protocol, clause=under.clause, fitted_at=clock.now(), fitted_post=by.post,
    )  # fmt: skip
    if uuid:
        made.uuid = uuid
    made.save(force_insert=True)
    record(
        "sensors.fitted", by=by, subject=made.uuid, place=door.uuid, response=under.response,
        protocol=under.protocol, clause=under.clause,
        data={"sensor": str(one.uuid)} | ({"order": str(under.order)} if under.order else {}),
    )  # fmt: skip
    return made


@transaction.atomic
def move_under(*, fit: Fit, under: Under) -> None:
    """The order behind a door was replaced, or another one stands there: the sensor goes on until that one's end."""
    Fit.objects.within(EVERYTHING).filter(pk=fit.pk, silent_at__isnull=True).update(
        order=under.order, until=under.until, protocol=under.protocol, clause=under.clause
    )


def not_asked(*, fit: Fit) -> None:
    """An opening that was expected was no question: the next one may be."""
    Fit.objects.within(EVERYTHING).filter(pk=fit.pk).update(asked_at=None)


@transaction.atomic
def silence(*, fits: Sequence[Fit], why: Silent, by: By, cause: UUID | None = None, source: str = "") -> list[Fit]:
    """End the duty of some sensors, from this instant on: what they say is counted and not read. One fact for all; the
    flow that answers it puts their taking off to the door. Twice is once."""
    keys = [one.pk for one in fits]
    chosen = Fit.objects.within(EVERYTHING).filter(pk__in=keys, silent_at__isnull=True).select_related("door")
    ending = list(chosen.select_for_update(of=("self",)).order_by("id"))
    Fit.objects.within(EVERYTHING).filter(pk__in=[one.pk for one in ending]).update(
        silent_at=clock.now(), silent_cause=why
    )
    for response in sorted({one.response for one in ending}):
        mine = [str(one.uuid) for one in ending if one.response == response]
        record(
            "sensors.silenced", by=by, response=response, cause=cause,
            data={"fits": mine, "why": why.value} | ({"source": source} if source else {}),
        )  # fmt: skip
    return ending


@transaction.atomic
def take_off(*, fit: Fit, by: By) -> Fit:
    """Somebody took the device off the door; it is in store again."""
    by.need(Right.WORK_DOORS, fit.door.path, fit.door.grid_id)
    one = Fit.objects.within(EVERYTHING).select_for_update(of=("self",)).get(pk=fit.pk)
    if one.off_at:
        return one
    now = clock.now()
    if one.silent_at is None:
        one.silent_at, one.silent_cause = now, Silent.TAKEN_OFF
    one.off_at, one.off_post = now, by.post
    one.save(update_fields=["silent_at", "silent_cause", "off_at", "off_post"])
    record("sensors.taken_off", by=by, subject=one.uuid, place=fit.door.uuid, response=one.response)
    return one
