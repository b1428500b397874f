"""The record of looks: who opened whose record, when, and why. Shown on that person's record."""

from django.db import models

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, personal


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
