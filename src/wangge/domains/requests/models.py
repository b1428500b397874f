"""A resident's request: what was asked, who asked (sealed), and how it ended."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, personal, sensitive
from wangge.domains.people.models import Person
from wangge.domains.people.moves import FACT
from wangge.domains.places.models import Place
from wangge.domains.requests.rules import Kind, Outcome, Told


class Request(models.Model):
    """Asked without an account, so nobody is believed yet: ``person`` is set once the community has checked.

    ``sealed`` is {"name", "phone", "words", "ground", "answer"}. ``sender`` is a keyed code of where it came from, to
    refuse a flood. The clock runs from the answer, as long as it can be contested.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="requests")
    response = models.UUIDField(null=True)
    sealed = models.BinaryField(default=bytes)
    sender = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="requests")
    checked_at = models.DateTimeField(null=True)
    checked_post = models.UUIDField(null=True)
    outcome = models.CharField(max_length=14, blank=True, choices=[(o.value, o.value) for o in Outcome])
    answered_at = models.DateTimeField(null=True)
    answered_post = models.UUIDField(null=True)
    told = models.CharField(max_length=6, blank=True, choices=[(t.value, t.value) for t in Told])

    objects = ScopedManager["Request"]()
    scope_place = "place"
    merging = {"person": FACT}
    kept = Kept(since="answered_at")
    privacy: dict[str, Declared] = {
        "sealed": personal(185, "who asked, what, and the answer"),
        "sender": personal(185, "keyed; useless without the key file"),
        "person": sensitive(185, "whose request it is"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True, told="")
                | (~Q(outcome="") & Q(answered_at__isnull=False) & ~Q(told="")),
                name="a_request_is_answered_with_an_outcome_and_told",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="request_open", condition=Q(outcome=""))]
