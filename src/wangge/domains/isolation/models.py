"""Orders about a person, their reasons and their stages."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, sensitive
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.models import Person
from wangge.domains.people.moves import Moves
from wangge.domains.protocol.models import Response

APPEAL = 185  # days: six months to sue (行政诉讼法 art. 46) and the post's way


class Order(models.Model):
    """What the protocol asks of one person, for all reasons together. Rules propose; an authority confirms.

    Carries authority, document number, ground, end and remedy (传染病防治法). ``provisional`` is the protective
    step after a first-screen positive: it stands under the Response's own document and ends by itself.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="orders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="orders")
    role = models.CharField(max_length=24)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in OrderState])
    provisional = models.BooleanField(default=False)
    protocol = models.CharField(max_length=40)
    clause = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    authority = models.CharField(max_length=120, blank=True)
    document_no = models.CharField(max_length=80, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    remedy = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_account = models.UUIDField(null=True)
    confirmed_post = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_cause = models.CharField(max_length=24, blank=True)
    end_protocol = models.CharField(max_length=40, blank=True)
    end_clause = models.CharField(max_length=80, blank=True)
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")

    objects = ScopedManager["Order"]()
    scope_place = "person__home"
    merging = {"person": Moves(once=("response_id", "state"), among={"state__in": ["proposed", "in_force"]})}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(APPEAL, "whom the order binds: kept while it can be contested"),
        "role": open_("a word of the protocol"), "protocol": open_(), "clause": open_(), "authority": open_(),
        "document_no": open_(), "ground": open_(), "remedy": open_(), "end_cause": open_("a code"),
        "end_protocol": open_("the edition that ended it"), "end_clause": open_(),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "person", "state"],
                condition=Q(state__in=["proposed", "in_force"]),
                name="one_order_proposed_and_one_in_force",
            ),
            models.CheckConstraint(condition=Q(ends_at__gte=models.F("starts_at")), name="order_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(state="in_force")
                | (~Q(authority="") & ~Q(document_no="") & Q(confirmed_at__isnull=False)),
                name="no_order_without_authority_and_document",
            ),
        ]
        indexes = [models.Index(fields=["response", "state"], name="order_state")]


class Stage(models.Model):
    """One part of an order: a measure from one civil day to another (both included)."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="stages")
    measure = models.CharField(max_length=24)
    first_day = models.DateField()
    last_day = models.DateField()

    kept = Kept(response="order__response__uuid")
    privacy: dict[str, Declared] = {
        "order": sensitive(APPEAL, "goes with its order"), "measure": open_(), "first_day": open_(),
        "last_day": open_(),
    }  # fmt: skip

    class Meta:
        ordering = ["first_day", "id"]


class OrderReason(models.Model):
    """Why an order exists: a result, an exposure, or the opening of a Response. The last one gone undoes it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="reasons")
    kind = models.CharField(max_length=10)
    cause = models.UUIDField(db_index=True)
    role = models.CharField(max_length=24)
    since = models.DateField()
    clause = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    kept = Kept(response="order__response__uuid")
    privacy: dict[str, Declared] = {
        "order": sensitive(APPEAL, "goes with its order"), "kind": open_(), "role": open_(),
        "since": open_("day of the last exposure"), "clause": open_(),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "cause"], name="a_reason_once_per_order")]
