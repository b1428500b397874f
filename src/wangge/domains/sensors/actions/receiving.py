"""What devices send, a batch in one transaction: rows, counters and facts together; whatever is sent twice is one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.domains.sensors.actions.safety import end_for_safety
from wangge.domains.sensors.inputs import Message, Unreadable, instant, read_message
from wangge.domains.sensors.models import Fit, Listener, Reading, Rejected, Sensor
from wangge.domains.sensors.rules import Opening, Said, Then, asked_lately, happened, then

KEEP = 20  # rejected messages of a device
HEAD = 120  # characters of one
FORGET = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message under a device's own topic."""

    code: str
    payload: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a device may forget now; ``refused``: it was not taken, and never will be."""

    code: str
    boot: str
    seq: int
    refused: str = ""


@dataclass
class Batch:
    """What gathers while a batch is looked through."""

    sensors: dict[str, Sensor]
    fits: dict[int, Fit]
    receipts: list[Receipt] = field(default_factory=list)
    rows: dict[UUID, Reading] = field(default_factory=dict)
    owners: dict[UUID, tuple[Sensor, Fit]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    touched: dict[int, Sensor] = field(default_factory=dict)


@transaction.atomic
def take(arrived: Sequence[Arrived], flooded: dict[str, int] | None = None) -> list[Receipt]:
    """Store what arrived, in order, and say what to answer. ``flooded``: how many of each device were left for later,
    because it sends too many. A reading of a device that is on duty nowhere is counted and not read."""
    flooded = flooded or {}
    codes = {one.code for one in arrived} | set(flooded)
    # Devices are held in one order: whoever fits, silences or retires one at this moment is waited for.
    sensors = Sensor.objects.filter(code__in=codes, retired_at__isnull=True).order_by("id").select_for_update()
    known = {one.code: one for one in sensors}
    fits = Fit.objects.within(EVERYTHING).filter(sensor__in=list(known.values()), off_at__isnull=True)
    batch = Batch(known, {one.sensor_id: one for one in fits.select_related("door")})
    for one in arrived:
        if sensor := known.get(one.code):
            _look(batch, sensor, one)
    for code, number in flooded.items():
        if sensor := known.get(code):
            sensor.flooded += number
            batch.touched[sensor.pk] = sensor
    new = _write_rows(batch)
    _write_devices(batch)
    _facts(batch, new)
    return batch.receipts


def _look(batch: Batch, sensor: Sensor, one: Arrived) -> None:
    batch.touched[sensor.pk] = sensor
    try:
        message = read_message(one.payload)
    except Unreadable as wrong:
        _reject(batch, sensor, one, wrong.reason)
        if wrong.number:
            batch.receipts.append(Receipt(one.code, wrong.number.boot, wrong.number.seq, wrong.reason))
        return
    if message.kind is Said.OFFLINE:  # the broker speaks for it: there is nobody to answer
        sensor.offline_at = one.at
        _note(batch, sensor, message, one)
        return
    at, ahead = happened(at=instant(message.at), sent=instant(message.sent), received=one.at)
    _heard(sensor, message, one.at, ahead)
    if message.kind is Said.BATTERY:
        batch.receipts.append(Receipt(one.code, message.boot, message.seq))
        return
    _note(batch, sensor, message, one, at)


def _heard(sensor: Sensor, message: Message, received: datetime, ahead: timedelta) -> None:
    sensor.heard_at, sensor.offline_at, sensor.ahead = received, None, int(ahead.total_seconds())
    if sensor.boot and message.boot != sensor.boot:
        sensor.resets, sensor.sequence = sensor.resets + 1, 0
    if message.boot != sensor.boot or message.seq >= sensor.sequence:
        sensor.boot, sensor.sequence = message.boot, message.seq
        sensor.battery = sensor.battery if message.battery is None else message.battery


def _note(batch: Batch, sensor: Sensor, message: Message, one: Arrived, at: datetime | None = None) -> None:
    """A row, where the device is on duty; smoke is acted on also where a door sensor is silent."""
    fit = batch.fits.get(sensor.pk)
    live = fit is not None and fit.silent_at is None and (fit.until is None or one.at < fit.until)
    offline = message.kind is Said.OFFLINE
    if fit is None or not (live or message.kind is Said.SMOKE):
        sensor.dropped += 1
        if not offline:
            batch.receipts.append(Receipt(one.code, message.boot, message.seq))
        return
    number = int(one.at.timestamp()) if offline else message.seq  # a last will is made before anything is counted
    uuid = derived("reading", sensor.uuid, message.kind if offline else "", message.boot, number)
    row = Reading(
        uuid=uuid, fit=fit, said=message.kind, boot=message.boot, sequence=number, at=at or one.at,
        received_at=one.at, device_at=message.at,
    )  # fmt: skip
    if _differs(batch.rows.get(uuid), row):
        _reject(batch, sensor, one, "number_reused")
        batch.receipts.append(Receipt(one.code, message.boot, message.seq, "number_reused"))
        return
    batch.rows.setdefault(uuid, row)
    batch.owners[uuid] = (sensor, fit)
    if not offline:
        batch.receipts.append(Receipt(one.code, message.boot, message.seq))


def _differs(known: Reading | None, row: Reading) -> bool:
    """Whether one number stands for two things: a device that forgets its sequence and keeps its boot word."""
    return known is not None and (known.said, known.device_at) != (row.said, row.device_at)


def _reject(batch: Batch, sensor: Sensor, one: Arrived, reason: str) -> None:
    sensor.refused += 1
    head = one.payload[:HEAD].decode("utf-8", "replace").replace("\0", "�")[:HEAD]
    batch.rejected.append(Rejected(sensor=sensor, reason=reason, received_at=one.at, size=len(one.payload), head=head))


def _write_rows(batch: Batch) -> list[Reading]:
    """Write what is new; a number that stands for something else already is rejected. Devices are held, so that
    nobody else writes theirs meanwhile."""
    stored = {one.uuid: one for one in Reading.objects.within(EVERYTHING).filter(uuid__in=list(batch.rows))}
    for uuid, row in batch.rows.items():
        if _differs(stored.get(uuid), row):
            sensor = batch.owners[uuid][0]
            sensor.refused += 1
            batch.rejected.append(
                Rejected(sensor=sensor, reason="number_reused", received_at=row.received_at, size=0, head="")
            )
            batch.receipts = [
                Receipt(one.code, one.boot, one.seq, "number_reused")
                if (one.code, one.boot, one.seq) == (sensor.code, row.boot, row.sequence) else one
                for one in batch.receipts
            ]  # fmt: skip
    new = [row for uuid, row in batch.rows.items() if uuid not in stored]
    Reading.objects.bulk_create(new, batch_size=500)
    return new


COLUMNS = ("heard_at", "offline_at", "battery", "boot", "sequence", "ahead", "resets", "dropped", "refused", "flooded")
#: One statement sent many times: Django's own for many rows takes ten times as long to be written.
DEVICE = f"UPDATE wangge_sensor SET {', '.join(f'{name} = %s' for name in COLUMNS)} WHERE id = %s"  # noqa: S608  # names
ASKED = "UPDATE wangge_fit SET asked_at = %s WHERE id = %s"


def _write_devices(batch: Batch) -> None:
    rows = [[*(adapted(getattr(one, name)) for name in COLUMNS), one.pk] for one in batch.touched.values()]
    with connection.cursor() as cursor:
        if rows:
            cursor.executemany(DEVICE, rows)
    if not batch.rejected:
        return
    Rejected.objects.bulk_create(batch.rejected, batch_size=500)
    for sensor in {one.sensor for one in batch.rejected}:
        last = Rejected.objects.filter(sensor=sensor).order_by("-id").values_list("pk", flat=True)[KEEP:]
        Rejected.objects.filter(pk__in=list(last)).delete()


def adapted(value: Any) -> Any:
    """An instant as this database takes it; anything else as it is."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _facts(batch: Batch, new: list[Reading]) -> None:
    """What is to be answered: one fact for all openings of a batch and Response, and for all that was moved."""
    asked: dict[tuple[str, UUID], list[str]] = defaultdict(list)
    times: dict[int, datetime] = {}
    for row in new:
        fit = batch.owners[row.uuid][1]
        what = then(Opening(Said(row.said), fit.silent_at is None, asked_lately=asked_lately(row.at, fit.asked_at)))
        if what is Then.HELP:
            _smoke(fit, row)
        elif what is not Then.NOTHING:
            asked[FACTS[what], fit.response].append(str(row.uuid))
        if what is Then.ASK:
            fit.asked_at = times[fit.pk] = row.at
    if times:
        with connection.cursor() as cursor:
            cursor.executemany(ASKED, [[adapted(at), pk] for pk, at in times.items()])
    for (fact, response), readings in asked.items():
        record(fact, by=SYSTEM, response=response, data={"readings": readings})


FACTS = {Then.ASK: "sensors.opened", Then.LOOK: "sensors.tampered"}


def _smoke(fit: Fit, row: Reading) -> None:
    """At once, in the same breath; not when a worker finds the time."""
    event = record(
        "sensors.smoke", by=SYSTEM, subject=fit.uuid, place=fit.door.uuid, response=fit.response, occurred_at=row.at
    )
    end_for_safety(door=fit.door, around=True, source="device", by=SYSTEM, cause=event.uuid)


def sign(*, name: str, connected: bool) -> None:
    """The listener lives; since when the broker is gone."""
    now = clock.now()
    one, _new = Listener.objects.get_or_create(name=name, defaults={"seen_at": now})
    lost = None if connected else one.lost_at or now
    Listener.objects.filter(pk=one.pk).update(seen_at=now, lost_at=lost)
    Listener.objects.filter(seen_at__lt=now - FORGET).delete()


def leave(*, name: str) -> None:
    """A listener that stops in order takes its sign with it."""
    Listener.objects.filter(name=name).delete()
