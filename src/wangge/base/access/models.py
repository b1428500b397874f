"""The record of looks (who opened whose record, when, and why), and the count of tries at what may be guessed."""

from django.db import models

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal


class AccessLog(models.Model):
    """One look at one person, or one export about many (``person`` empty, ``count`` set)."""

    class Kind(models.TextChoices):
        OPENED = "opened"
        REVEALED = "revealed"
        CALLED = "called"
        EXPORTED = "exported"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    person = models.UUIDField(null=True, db_index=True)
    task = models.UUIDField(null=True)
    reason = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=1)

    kept = Kept(since="at")
    privacy: dict[str, Declared] = {"reason": personal(365, "typed by staff, who may name somebody; the look stays")}

    class Meta:
        ordering = ["-at", "-id"]


class Tries(models.Model):
    """How often something was tried since a moment, by a keyed hash of what and who."""

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    privacy: dict[str, Declared] = {"key": open_("hash of an address or account; dropped within a day")}
