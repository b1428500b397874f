"""Devices, where they are fitted, what they said; planned openings; the process that listens."""

from django.db import models
from django.db.models import F, Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.places.models import Place
from wangge.domains.sensors.rules import Ground, Kind, Said, Silent

KEPT = 14  # days after the Response


class Sensor(models.Model):
    """A device with its own credential. ``place``: the community that keeps it. Counters are since it was issued."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Kind])
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="sensors")
    credential = models.CharField(max_length=160)
    issued_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    offline_at = models.DateTimeField(null=True)
    battery = models.PositiveSmallIntegerField(null=True)
    boot = models.CharField(max_length=16, blank=True)
    sequence = models.BigIntegerField(default=0)
    ahead = models.BigIntegerField(default=0)  # seconds by which its clock is ahead of ours
    resets = models.PositiveIntegerField(default=0)
    dropped = models.PositiveBigIntegerField(default=0)  # said while silent or fitted nowhere: not read
    refused = models.PositiveBigIntegerField(default=0)
    flooded = models.PositiveBigIntegerField(default=0)

    privacy: dict[str, Declared] = {
        "code": open_("printed on the device"), "boot": open_("a random word of the device"),
        "credential": open_("salted hash of a random secret, as the broker reads it"),
    }  # fmt: skip

    def __str__(self) -> str:
        return self.code


class Fit(models.Model):
    """A device at a door, under an order for somebody behind it; a smoke sensor has no order. ``until``: the order's
    end, from which on nothing of it is read even if nobody looked."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    sensor = models.ForeignKey(Sensor, on_delete=models.PROTECT, related_name="fits")
    door = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="fits")
    response = models.UUIDField()
    order = models.UUIDField(null=True, db_index=True)
    until = models.DateTimeField(null=True)
    protocol = models.CharField(max_length=40, blank=True)
    clause = models.CharField(max_length=80, blank=True)
    fitted_at = models.DateTimeField()
    fitted_post = models.UUIDField(null=True)
    asked_at = models.DateTimeField(null=True)
    silent_at = models.DateTimeField(null=True)
    silent_cause = models.CharField(max_length=16, blank=True, choices=[(one.value, one.value) for one in Silent])
    off_at = models.DateTimeField(null=True)
    off_post = models.UUIDField(null=True)

    objects = ScopedManager["Fit"]()
    scope_place = "door"
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {
        "door": personal(KEPT, "behind which door somebody stayed under an order"),
        "protocol": open_(), "clause": open_(),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sensor"], condition=Q(off_at__isnull=True), name="a_sensor_is_at_one_door"
            ),
            models.CheckConstraint(
                condition=Q(silent_at__isnull=True, silent_cause="")
                | (Q(silent_at__isnull=False) & ~Q(silent_cause="")),
                name="a_sensor_is_silent_for_a_cause",
            ),
            models.CheckConstraint(
                condition=Q(off_at__isnull=True) | Q(silent_at__isnull=False), name="a_sensor_that_is_off_is_silent"
            ),
        ]


class Reading(models.Model):
    """Something a device said while it was on duty. ``uuid`` follows from device, boot and sequence: twice is once."""

    uuid = models.UUIDField(unique=True)
    fit = models.ForeignKey(Fit, on_delete=models.CASCADE, related_name="readings")
    said = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Said])
    boot = models.CharField(max_length=16)
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    device_at = models.BigIntegerField(null=True)  # seconds since 1970 by the device's own clock

    objects = ScopedManager["Reading"]()
    scope_place = "fit__door"
    kept = Kept(response="fit__response")
    privacy: dict[str, Declared] = {
        "fit": sensitive(KEPT, "when a home's door was opened"), "boot": open_("a random word of the device"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["fit", "at"], name="reading_of_a_fit")]


class Rejected(models.Model):
    """Something a device sent that could not be read: the last few of each device, with the reason."""

    sensor = models.ForeignKey(Sensor, on_delete=models.CASCADE, related_name="rejected")
    reason = models.CharField(max_length=24)
    received_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    head = models.CharField(max_length=120, blank=True)

    privacy: dict[str, Declared] = {
        "reason": open_("a code"), "head": open_("how the message begins; a device knows nobody"),
    }  # fmt: skip


class Planned(models.Model):
    """A time in which a door is expected to open: nothing follows then."""

    uuid = models.UUIDField(unique=True)
    door = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="planned_openings")
    response = models.UUIDField()
    ground = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Ground])
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_post = models.UUIDField(null=True)

    objects = ScopedManager["Planned"]()
    scope_place = "door"
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {"door": sensitive(KEPT, "that a doctor or a tester comes to this door")}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="a_planned_opening_has_a_length")
        ]


class Listener(models.Model):
    """The sign of life of the process that listens to the broker. ``lost_at``: since when the broker is gone."""

    name = models.CharField(max_length=80, unique=True)
    seen_at = models.DateTimeField()
    lost_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"name": open_("machine and process")}
