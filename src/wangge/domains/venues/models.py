"""Venues, and the days for which check-ins are kept. The check-ins themselves are in ``storage``."""

from django.db import models

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal
from wangge.domains.places.models import Place
from wangge.domains.venues.rules import VenueKind


class Venue(models.Model):
    """A market, restaurant, shop, petrol station…; its integer key stands in the check-ins.

    ``number`` is the licence's (统一社会信用代码), '' where none is known; ``address`` is as the office wrote it,
    ``place`` what of it is known here: at least the community. ``poster_version``: of the poster that hangs now, 0
    where none was given out: then nobody checks in here. Codes of the one before are taken until ``poster_old_until``.
    ``suspect_on``: the day whose check-ins show that pictures of the poster go round (``rules.suspects``), until
    somebody has looked at it.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in VenueKind])
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="venues")
    keeper = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=120, blank=True)
    opened = models.DateField()
    closed = models.DateField(null=True)
    poster_version = models.PositiveIntegerField(default=0)
    poster_since = models.DateTimeField(null=True)
    poster_old_until = models.DateTimeField(null=True)
    suspect_on = models.DateField(null=True)
    suspect_hops = models.PositiveIntegerField(default=0)
    suspect_visits = models.PositiveIntegerField(default=0)

    kept = Kept(since="closed")
    privacy: dict[str, Declared] = {
        "name": open_(), "opened": open_(), "closed": open_(), "suspect_on": open_(),
        "keeper": personal(30, "the keeper's name, until the venue has closed"),
        "phone": personal(30, "often the keeper's own"), "number": open_("of the licence"), "address": open_(),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="one_venue_per_number")
        ]

    def __str__(self) -> str:
        return self.name


class VenueApplication(models.Model):
    """Somebody asks for a poster, without an account. ``uuid`` was made by whoever sent it: they come back with it.

    ``sealed`` holds the keeper and the phone, under the Response's key. ``venue`` is set once it is approved.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        RETURNED = "returned"

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in VenueKind])
    number = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=120, blank=True)
    sealed = models.BinaryField(default=bytes)
    sender = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=200, blank=True)
    venue = models.ForeignKey(Venue, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_post = models.UUIDField(null=True)

    objects = ScopedManager["VenueApplication"]()
    scope_place = "place"
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {
        "name": open_(), "number": open_("of the licence"), "address": open_(), "why": open_("the office's answer"),
        "sealed": personal(30, "the keeper's name and phone"), "sender": personal(30, "keyed"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="approved", venue__isnull=False)
                | (~models.Q(state="approved") & models.Q(venue__isnull=True)),
                name="an_approved_application_has_a_venue",
            )
        ]
        indexes = [models.Index(fields=["received_at"], name="application_open", condition=models.Q(state="waiting"))]

    def __str__(self) -> str:
        return self.name


class PosterCheck(models.Model):
    """What somebody found at a venue's door. ``version``: what stood on the poster, where it could be read."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField()
    post = models.UUIDField(null=True)
    present = models.BooleanField()
    readable = models.BooleanField()
    version = models.PositiveIntegerField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        indexes = [models.Index(fields=["venue", "-at"], name="poster_check")]

    def __str__(self) -> str:
        return f"{self.venue} {self.at}"


class CheckInDay(models.Model):
    """A civil day whose check-ins exist: ``live`` takes new ones fast, ``sealed`` answers a tracer fast."""

    class State(models.TextChoices):
        LIVE = "live"
        SEALED = "sealed"
        DROPPED = "dropped"

    day = models.DateField(unique=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.LIVE)
    rows_at_drop = models.PositiveIntegerField(null=True)
    dropped_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"day": open_()}

    def __str__(self) -> str:
        return f"{self.day} {self.state}"
