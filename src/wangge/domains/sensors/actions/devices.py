"""Issuing devices: each gets a secret of its own, shown once; only its hash is kept."""

from django.db import IntegrityError, transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.sensors import credentials
from wangge.domains.sensors.models import Fit, Sensor
from wangge.domains.sensors.rules import Kind


@transaction.atomic
def issue(*, code: str, kind: Kind, place: Place, by: By) -> tuple[Sensor, str]:
    """Take a device into store. Returns it with its secret, which is never shown again. Raises Problem."""
    by.need(Right.KEEP_SENSORS, place.path, place.grid_id)
    secret = credentials.fresh()
    try:
        with transaction.atomic():
            one = Sensor.objects.create(
                code=code, kind=kind, place=place, credential=credentials.hashed(secret), issued_at=clock.now()
            )
    except IntegrityError as error:
        raise Problem("sensor_known", field="code", number=code) from error
    record("sensors.issued", by=by, subject=one.uuid, place=place.uuid, data={"kind": kind.value})
    return one, secret


@transaction.atomic
def renew(*, sensor: Sensor, by: By) -> str:
    """A new secret; the old one opens nothing any more once the broker has read its password file again."""
    by.need(Right.KEEP_SENSORS, sensor.place.path, sensor.place.grid_id)
    one = Sensor.objects.select_for_update(of=("self",)).get(pk=sensor.pk)
    if one.retired_at:
        raise Problem("sensor_retired")
    secret = credentials.fresh()
    one.credential = credentials.hashed(secret)
    one.save(update_fields=["credential"])
    record("sensors.secret_renewed", by=by, subject=one.uuid, place=sensor.place.uuid)
    return secret


@transaction.atomic
def retire(*, sensor: Sensor, by: By) -> Sensor:
    """A device that is lost or broken. Raises Problem while it is at a door."""
    by.need(Right.KEEP_SENSORS, sensor.place.path, sensor.place.grid_id)
    one = Sensor.objects.select_for_update(of=("self",)).get(pk=sensor.pk)
    if one.retired_at:
        return one
    if Fit._base_manager.filter(sensor=one, off_at__isnull=True).exists():
        raise Problem("sensor_at_a_door")
    one.retired_at = clock.now()
    one.save(update_fields=["retired_at"])
    record("sensors.retired", by=by, subject=one.uuid, place=sensor.place.uuid)
    return one
