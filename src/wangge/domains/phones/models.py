"""A worker's phone as the server knows it: its last contact, its keys, the doors it holds, the commands it sent."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.duty.models import Account, Device
from wangge.domains.phones.rules import Verdict
from wangge.domains.places.models import Place


class Phone(models.Model):
    """An account's app on a device. What it says of itself at each contact; where it is, nobody asks.

    ``unsent_since``: since which contact entries wait on it. ``version`` counts the packages it was given.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="phones")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="phones")
    first_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    unsent = models.PositiveIntegerField(default=0)
    unsent_since = models.DateTimeField(null=True)
    persisted = models.BooleanField(null=True)
    app = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=0)

    kept = Kept(since="seen_at")
    privacy: dict[str, Declared] = {
        "account": personal(30, "when somebody's phone was last heard of"), "app": open_("a version"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "account"], name="one_app_per_account_and_device"),
            models.CheckConstraint(
                condition=Q(unsent=0, unsent_since__isnull=True) | Q(unsent__gt=0, unsent_since__isnull=False),
                name="what_is_unsent_waits_since",
            ),
        ]


class ShiftKey(models.Model):
    """What a phone's store is encrypted with for one shift; ``sealed`` holds {"key"}. ``waits``: at the last contact
    entries under it had not been sent. Destroyed when it is past and nothing waits, at the latest a week later."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    phone = models.ForeignKey(Phone, on_delete=models.CASCADE, related_name="keys")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    waits = models.BooleanField(default=False)
    sealed = models.BinaryField(default=bytes)

    kept = Kept(since="until")
    privacy: dict[str, Declared] = {
        "phone": personal(7, "somebody's shift"),
        "sealed": sensitive(7, "opens what a phone keeps of people; AES-256-GCM bound to the row"),
    }

    class Meta:
        indexes = [models.Index(fields=["phone", "until"], name="shift_key")]


class Handed(models.Model):
    """A task that a phone was given. ``changed`` and ``form_changed``: the package in which its content, or its form,
    was new; ``gone``: the one that told the phone to shed it. ``digest``: of what was given."""

    phone = models.ForeignKey(Phone, on_delete=models.CASCADE, related_name="handed")
    task = models.UUIDField()
    door = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="handed")
    at = models.DateTimeField()
    changed = models.PositiveIntegerField()
    form_changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(null=True)
    gone_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=32)
    form_digest = models.CharField(max_length=32, blank=True)

    objects = ScopedManager["Handed"]()
    scope_place = "door"
    kept = Kept(since="gone_at")
    privacy: dict[str, Declared] = {
        "door": personal(30, "which door a worker's phone held"), "digest": open_("a keyed hash"),
        "form_digest": open_("a keyed hash"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone", "task"], name="a_task_once_per_phone"),
            models.CheckConstraint(
                condition=Q(gone__isnull=True, gone_at__isnull=True) | Q(gone__isnull=False, gone_at__isnull=False),
                name="what_a_phone_shed_went_at_a_time",
            ),
        ]


class Command(models.Model):
    """What a phone sent, under the id that it made, with the final answer it was given.

    ``made_at``: as the phone's clock said; ``at``: as it counts. ``sealed`` holds {"sha256"}, and the content ("data")
    for as long as it was refused: it can be corrected and sent again under a new id.
    """

    uuid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=40)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="commands")
    post = models.UUIDField(null=True)
    device = models.UUIDField()
    door = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="commands")
    task = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    verdict = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Verdict])
    code = models.CharField(max_length=40, blank=True)
    sealed = models.BinaryField(default=bytes)

    objects = ScopedManager["Command"]()
    scope_place = "door"
    kept = Kept(since="received_at")
    privacy: dict[str, Declared] = {
        "kind": open_("a code"), "code": open_("a code"),
        "account": personal(30, "who sent it"), "door": personal(30, "about which door it is"),
        "sealed": sensitive(30, "what was sent, for as long as it is refused"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["account", "received_at"], name="command_account")]
