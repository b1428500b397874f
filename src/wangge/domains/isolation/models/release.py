"""Releases: proposed by the rule on the last day, signed by a doctor, confirmed by the authority that ordered it."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, sensitive
from wangge.domains.isolation.models.orders import APPEAL, Order


class Release(models.Model):
    """The release of one order. Without ``confirmed_at`` the order ended, or will end, at its term by itself.

    ``seen``: the conditions and their states as they were when it was signed, and when it was confirmed.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="release")
    proposed_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_account = models.UUIDField(null=True)
    signed_post = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_account = models.UUIDField(null=True)
    confirmed_post = models.UUIDField(null=True)
    seen = models.JSONField(default=dict)

    objects = ScopedManager["Release"]()
    scope_place = "order__person__home"
    kept = Kept(response="order__response__uuid")
    privacy: dict[str, Declared] = {
        "order": sensitive(APPEAL, "how somebody was released; goes with the order"), "seen": open_("codes and counts"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(signed_at__isnull=False),
                name="no_release_without_a_doctors_sign",
            )
        ]
