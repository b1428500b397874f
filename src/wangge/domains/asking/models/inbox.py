"""The inbox of filled-in forms: what a client was told we have, before anything follows from it."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.asking.models.forms import Form
from wangge.domains.people.models import Person
from wangge.domains.people.moves import Moves
from wangge.domains.places.models import Place


class ReceivedForm(models.Model):
    """A filled-in form as an OpenRosa client sent it: checked, and durable before its receipt was given.

    ``instance`` is the client's own id: sent again, it is known. ``sealed`` holds {"xml", "sha256"}; once its answers
    are facts only the hash stays, which tells a form sent again from another under the same id (and "before": what
    stood where a person corrected it). ``batch``: the fact in the log that it came with. ``reason``: why it is held
    (its answers could not be recorded), or what was said to the client besides. Written without the ORM.
    ``settled_at``: when a person recorded a held form after all, or set it aside with a reason, which is sealed.
    """

    class State(models.TextChoices):
        RECEIVED = "received"
        RECORDED = "recorded"
        HELD = "held"
        ASIDE = "aside"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    instance = models.CharField(max_length=249, unique=True)
    deprecates = models.CharField(max_length=249, blank=True)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="received")
    door = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="received_forms")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="received_forms")
    key = models.UUIDField()
    account = models.UUIDField()
    post = models.UUIDField(null=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    batch = models.UUIDField()
    sealed = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    reason = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_post = models.UUIDField(null=True)

    objects = ScopedManager["ReceivedForm"]()
    scope_place = "door"
    merging = {"person": Moves()}
    kept = Kept(since="received_at")
    privacy: dict[str, Declared] = {
        "instance": open_("random, made by the client"),
        "deprecates": open_("random, made by the client"),
        "door": personal(30, "about which door it is"),
        "person": sensitive(30, "about whom it is"),
        "sealed": sensitive(30, "what was answered, until it is recorded; what a person corrected in it"),
        "reason": open_("a code"),
    }

    class Meta:
        indexes = [
            models.Index(fields=["batch"], name="received_batch"),
            models.Index(fields=["door"], name="received_held", condition=Q(state="held")),
        ]
