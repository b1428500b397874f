"""What an account gets in with: phones, one-time codes, recoveries, sessions. Secrets are kept as hashes alone."""

from typing import ClassVar, Self

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, open_
from wangge.domains.duty.models.posts import Account, Holding


class Device(models.Model):
    """A phone or tablet that was enrolled. Its cookie holds the secret; here is the secret's hash."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, blank=True)
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    privacy: dict[str, Declared] = {
        "secret_hash": open_("hash of a random secret"), "kind": open_("such as android; no model, no number"),
    }  # fmt: skip

    def __str__(self) -> str:
        return str(self.uuid)


class Enrolment(models.Model):
    """An account on a device. A shared phone has several, each with its own PIN."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="enrolments")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="enrolments")
    at = models.DateTimeField()
    enrolled_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device", "account"], condition=Q(ended_at__isnull=True), name="an_account_once_per_device"
            )
        ]


class Recovery(models.Model):
    """Somebody asked to get in again. The level above looks at the person and gives a code, or refuses."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="recoveries")
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(closed_at__isnull=True), name="one_open_recovery_per_account"
            )
        ]


class Code(models.Model):
    """A one-time code: shown once to whoever makes it, kept as a keyed hash. A newer one ends the older."""

    class Kind(models.TextChoices):
        INVITE = "invite"
        ENROL = "enrol"
        RECOVER = "recover"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="codes")
    holding = models.ForeignKey(Holding, null=True, on_delete=models.PROTECT, related_name="codes")
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {
        "hash": open_("hash of a short-lived code; a new key for indexes only ends it sooner")
    }

    class Meta:
        indexes = [models.Index(fields=["account", "kind"], name="code_account_kind")]


class Sitting(AbstractBaseSession):
    """A session: whose, on what kind of device, when it was last used. Where it was used is not kept."""

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="sittings")
    device = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=10, blank=True)
    seen_at = models.DateTimeField()

    objects: ClassVar[BaseSessionManager[Self]] = BaseSessionManager()
    privacy: dict[str, Declared] = {
        "session_key": open_("random"), "session_data": open_("signed; ids and times alone"),
        "kind": open_("such as android; no model, no address"),
    }  # fmt: skip
