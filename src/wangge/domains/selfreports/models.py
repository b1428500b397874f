"""A report of somebody who comes back: what they said (sealed), and to which door it belongs."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.places.models import Place
from wangge.domains.risk.rules import Level
from wangge.domains.selfreports.rules import Away, State

KEPT = 30


class SelfReport(models.Model):
    """Sent without an account for a compound or community (``place``), so nobody is believed yet.

    ``uuid`` was made by whoever sent it: the same one twice is one report. ``sealed`` is what ``inputs`` reads. What
    was answered can be explained later: the edition, the clause, the list of risk areas, the level it came to.
    ``unjudged``: some days lie before the first list known here. ``door`` is set once it is matched. ``sender`` is a
    keyed code of where it came from.
    """

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="self_reports")
    door = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="self_reports_at")
    sealed = models.BinaryField(default=bytes)
    sender = models.CharField(max_length=64, blank=True)
    arrives_on = models.DateField()
    received_at = models.DateTimeField()
    level = models.CharField(max_length=4, blank=True, choices=[(one.value, one.value) for one in Level])
    unjudged = models.BooleanField(default=False)
    needs = models.BooleanField(default=False)
    protocol = models.CharField(max_length=40)
    clause = models.CharField(max_length=80, blank=True)
    risk_list = models.UUIDField(null=True)
    state = models.CharField(max_length=11, choices=[(one.value, one.value) for one in State], default=State.WAITING)
    away = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in Away])
    settled_at = models.DateTimeField(null=True)
    settled_post = models.UUIDField(null=True)

    objects = ScopedManager["SelfReport"]()
    scope_place = "place"
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {
        "sealed": sensitive(KEPT, "who comes from where, when, to which home, and what they need"),
        "sender": personal(KEPT, "keyed; useless without the key file"),
        "door": personal(KEPT, "at which door somebody arrives"),
        "arrives_on": personal(KEPT), "protocol": open_("a file's name"), "clause": open_(),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(state__in=[State.MATCHED, State.SETTLED], door__isnull=False))
                | (Q(state__in=[State.WAITING, State.UNMATCHED, State.TURNED_AWAY], door__isnull=True)),
                name="a_matched_report_has_a_door",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.TURNED_AWAY) & ~Q(away="")) | (~Q(state=State.TURNED_AWAY) & Q(away="")),
                name="a_report_is_turned_away_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["received_at"], name="report_open", condition=Q(state="unmatched")),
            models.Index(fields=["response", "state"], name="report_state"),
        ]
