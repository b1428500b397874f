"""Changes to an order in force: by whose document, for which cause, from when to when, and where to."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.privacy import Declared, Kept, open_, sensitive
from wangge.domains.isolation.models.orders import APPEAL, Order
from wangge.domains.isolation.rules_change import Cause, Change

CHANGES = "wangge_orderchange"  # what its envelopes are bound to


class OrderChange(models.Model):
    """One change. ``sealed`` holds {"place"}: where a moved order is spent. An extended order is another one, which the
    rule had proposed (``into``); this row stands with the shorter one. Made by the page that sends it (``uuid``)."""

    uuid = models.UUIDField(unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Change])
    why = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Cause])
    clause = models.CharField(max_length=80, blank=True)
    authority = models.CharField(max_length=120)
    document_no = models.CharField(max_length=80)
    ends_before = models.DateTimeField()
    ends_after = models.DateTimeField(null=True)
    into = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="changed_from")
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    sealed = models.BinaryField(default=bytes)

    objects = ScopedManager["OrderChange"]()
    scope_place = "order__person__home"
    kept = Kept(response="order__response__uuid")
    privacy: dict[str, Declared] = {
        "order": sensitive(APPEAL, "how somebody's order was changed; goes with it"),
        "into": sensitive(APPEAL, "the order it became; goes with it"),
        "clause": open_(), "authority": open_(), "document_no": open_(),
        "sealed": sensitive(APPEAL, "where somebody stays, sealed under the Response's key"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(authority="") & ~Q(document_no=""), name="no_change_without_authority_and_document"
            )
        ]
