"""Papers that were handed over, with or without a signature, and those who help a home and hold no post here."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.privacy import Declared, Kept, personal, sensitive
from wangge.domains.isolation.models.orders import APPEAL, Order
from wangge.domains.isolation.rules_home import TYPED, Paper, Signed
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response

PAPERS, HELPERS = "wangge_paperhanded", "wangge_homehelper"  # what their envelopes are bound to


class PaperHanded(models.Model):
    """A paper reached the person: when, who handed it over, and what stands under the promise (承诺书).

    ``at`` is when it happened, ``recorded_at`` when we knew: a torn-off part may be typed in later. ``sealed`` holds
    {"guardian"}: the name of whoever signed for somebody else. Made by the page that sends it (``uuid``).
    """

    uuid = models.UUIDField(unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Paper])
    signed = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Signed])
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    sealed = models.BinaryField(default=bytes)

    objects = ScopedManager["PaperHanded"]()
    scope_place = "order__person__home"
    kept = Kept(response="order__response__uuid")
    privacy: dict[str, Declared] = {
        "order": sensitive(APPEAL, "that the paper was received: kept while the order can be contested"),
        "sealed": sensitive(APPEAL, "a guardian's name, sealed under the Response's key"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(recorded_at__gte=models.F("at")), name="a_paper_is_recorded_afterwards")
        ]


class HomeHelper(models.Model):
    """The police officer or the volunteer who looks after a home in isolation, or after every one of a place around it:
    typed by the community, for they hold no post here. ``sealed`` holds {"name", "phone"}."""

    uuid = models.UUIDField(unique=True)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="helpers")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="helpers")
    kind = models.CharField(max_length=9, choices=[(one.value, one.value) for one in TYPED])
    sealed = models.BinaryField(default=bytes)
    set_at = models.DateTimeField()
    set_post = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["HomeHelper"]()
    scope_place = "place"
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "sealed": personal(30, "name and number of a helper, sealed under the Response's key; given to the home"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "place", "kind"], condition=Q(ended_at__isnull=True), name="one_helper_of_a_kind"
            )
        ]


class HomeRooms(models.Model):
    """Whether those of a home can keep apart, asked at the door: where they cannot, the whole household is proposed an
    order. Never of a dormitory: room-mates are contacts by a reason of their own. The latest answer counts."""

    uuid = models.UUIDField(unique=True)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="rooms_told")
    home = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rooms_told")
    separate = models.BooleanField()
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)

    objects = ScopedManager["HomeRooms"]()
    scope_place = "home"
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {"home": personal(30, "how a home is laid out")}
