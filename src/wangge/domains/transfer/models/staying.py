"""Rooms of a site, what its guests asked for, and who waits in protective clothing: gone with the Response."""

from django.db import models
from django.db.models import F, Q

from wangge.base.privacy import Declared, Kept, open_, sensitive
from wangge.domains.places.models import Place
from wangge.domains.transfer.models.carrying import KEPT, Passenger, TransferSite
from wangge.domains.transfer.rules import RoomKind
from wangge.domains.transfer.rules_rooms import Ask, RoomState, RoomZone


class SiteRoom(models.Model):
    """A room of a site, by the number on its door. Whether it is taken follows from who was received into it."""

    site = models.ForeignKey(TransferSite, on_delete=models.PROTECT, related_name="rooms")
    number = models.CharField(max_length=12)
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in RoomKind])
    zone = models.CharField(max_length=12, choices=[(one.value, one.value) for one in RoomZone])
    state = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in RoomState], default=RoomState.FREE
    )  # fmt: skip

    privacy: dict[str, Declared] = {
        "number": open_("as on the door"), "kind": open_(), "zone": open_(), "state": open_(),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="a_room_has_its_number"),
            models.CheckConstraint(condition=~Q(state="taken"), name="who_is_there_says_that_it_is_taken"),
        ]


class GuestAsk(models.Model):
    """What a guest of a site asked for, until it was brought."""

    uuid = models.UUIDField(unique=True)
    passenger = models.ForeignKey(Passenger, on_delete=models.CASCADE, related_name="asks")
    what = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Ask])
    asked_at = models.DateTimeField()
    served_at = models.DateTimeField(null=True)

    kept = Kept(response="passenger__response")
    privacy: dict[str, Declared] = {
        "passenger": sensitive(KEPT, "who asked for something"), "what": open_("a code"),
    }  # fmt: skip


class InClothing(models.Model):
    """Somebody waits in protective clothing: relieved, fed and sheltered in time. ``fed_at`` and ``sheltered_at``: when
    they had food and drink, and came under a roof."""

    uuid = models.UUIDField(unique=True)
    response = models.UUIDField(db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    account = models.UUIDField()
    post = models.UUIDField(null=True)
    since = models.DateTimeField()
    fed_at = models.DateTimeField(null=True)
    sheltered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("since")), name="waiting_ends_later"
            )
        ]
