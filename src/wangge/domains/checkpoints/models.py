"""A checkpoint, its shifts, and what they record. Passes hold no person: nobody can be followed by them."""

from django.db import models
from django.db.models import F, Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.checkpoints.rules import COUNTED, Band, Became, Called, Entered, Kind
from wangge.domains.duty.models import Post
from wangge.domains.places.models import Place

KEPT = 14


class Checkpoint(models.Model):
    """A gate, a shop's door…, open for as long as its Response at most. ``post``: who keeps it; empty where the grid
    workers of the place do. ``venue``: an approved venue's, where codes shown at its door check in."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.UUIDField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="checkpoints")
    kind = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Kind])
    name = models.CharField(max_length=40)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="checkpoints")
    venue = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    opened_post = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_post = models.UUIDField(null=True)

    privacy: dict[str, Declared] = {"name": open_("such as 北门")}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(closed_at__isnull=True), name="one_open_checkpoint_of_a_name"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="a_checkpoint_closes_later"
            ),
        ]
        indexes = [models.Index(fields=["response"], name="checkpoint_open", condition=Q(closed_at__isnull=True))]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """Somebody stands there. ``uuid`` was made on the phone; ``counted``: the passes it had counted when it ended."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="shifts")
    account = models.UUIDField()
    post = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    counted = models.PositiveIntegerField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="a_shift_ends_later"
            )
        ]


class Pass(models.Model):
    """Somebody was let through, or was asked aside: what was shown, what was met, and nothing of who it was."""

    uuid = models.UUIDField(unique=True)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="passes")
    at = models.DateTimeField()
    shown = models.CharField(max_length=9, choices=[(one.value, one.value) for one in COUNTED])
    through = models.BooleanField()
    temperature = models.CharField(max_length=6, blank=True, choices=[(one.value, one.value) for one in Band])
    mask = models.BooleanField()
    venue_code = models.BooleanField()
    list_minutes = models.PositiveIntegerField(null=True)

    privacy: dict[str, Declared] = {}


class RegisterLine(models.Model):
    """A line of the register: a visitor, a vehicle, a rider. ``sealed``: purpose, host, name, phone, plate, drop."""

    uuid = models.UUIDField(unique=True)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="lines")
    response = models.UUIDField()
    kind = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Entered])
    at = models.DateTimeField(db_index=True)
    sealed = models.BinaryField(default=bytes)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)

    objects = ScopedManager["RegisterLine"]()
    scope_place = "shift__checkpoint__place"
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {
        "sealed": sensitive(KEPT, "who came to whom, and why; the protocol's days may be fewer"),
        "phone_index": personal(KEPT, "keyed; finds the lines of whoever asks for their own"),
    }


class Emergency(models.Model):
    """Somebody in need was let through at once. Nothing is kept of who it was or what they had."""

    uuid = models.UUIDField(unique=True)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="emergencies")
    at = models.DateTimeField()
    called = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Called])
    became = models.CharField(max_length=8, blank=True, choices=[(one.value, one.value) for one in Became])
    settled_at = models.DateTimeField(null=True)
    settled_post = models.UUIDField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(became="", settled_at__isnull=True) | (~Q(became="") & Q(settled_at__isnull=False)),
                name="an_emergency_is_settled_with_a_word",
            )
        ]
