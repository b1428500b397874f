"""Where one waits at a compound and by which way one goes in; and each reception, which ends with its Response."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.duty.models import Post
from wangge.domains.people.models import Person
from wangge.domains.people.moves import FACT
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.reception.rules import Ended, How, Shown, State

KEPT = 14  # days after the Response closed
TABLE = "wangge_reception"


class ReceptionSpot(models.Model):
    """Where people who come back wait at a compound, and the way from there to the doors. Sheltered, or it says not."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="reception_spots")
    name = models.CharField(max_length=40)
    way = models.CharField(max_length=160)
    sheltered = models.BooleanField()
    warm = models.BooleanField(default=False)
    toilet = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_post = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"name": open_("such as 北门东侧帐篷"), "way": open_("which way one goes")}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(closed_at__isnull=True), name="one_open_spot_of_a_name"
            )
        ]


class Reception(models.Model):
    """People who come back together. ``sealed``: {"name", "phone", "words", "taken_by"} as somebody said it; ``care``:
    codes of who is looked after first; ``meets``: whose it is to go there. ``uuid``: made by the page that sends it."""

    uuid = models.UUIDField(unique=True)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="receptions")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="receptions")
    spot = models.ForeignKey(ReceptionSpot, null=True, on_delete=models.PROTECT, related_name="receptions")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="receptions")
    how = models.CharField(max_length=5, choices=[(one.value, one.value) for one in How])
    shown = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Shown])
    people = models.PositiveSmallIntegerField()
    care: Any = models.JSONField(default=list)
    protocol = models.CharField(max_length=40)
    clause = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in State])
    told_at = models.DateTimeField()
    expected_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    meets = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="receptions")
    met_at = models.DateTimeField(null=True)
    met_account = models.UUIDField(null=True)
    met_post = models.UUIDField(null=True)
    levels = models.PositiveSmallIntegerField(default=0)  # how many levels above were told
    raised_to = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="receptions_raised")
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=13, blank=True, choices=[(one.value, one.value) for one in Ended])
    ended_post = models.UUIDField(null=True)
    order = models.UUIDField(null=True)
    sealed = models.BinaryField(default=bytes)

    objects = ScopedManager["Reception"]()
    scope_place = "place"
    merging = {"person": FACT}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(KEPT, "who was met when they came back"),
        "shown": sensitive(KEPT, "what they came with"),
        "care": sensitive(KEPT, "whether anybody is looked after first"),
        "order": sensitive(KEPT, "under which order they were handed on"),
        "sealed": personal(KEPT, "name and number as somebody said them, sealed under the Response's key"),
        "protocol": open_(), "clause": open_(), "ended_how": open_("a code"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) & ~Q(ended_how="")
                | ~Q(state="ended") & Q(ended_at__isnull=True, ended_how=""),
                name="a_reception_ends_with_a_word",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["expected", "ended"]) | Q(arrived_at__isnull=False), name="who_waits_is_there"
            ),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(met_at__gte=F("arrived_at")), name="nobody_is_met_before_they_come"
            ),
        ]
        indexes = [models.Index(fields=["response", "state"], name="reception_state")]
