"""What a day costs: learned minutes, and what did not fit."""

from django.db import models
from django.db.models import Q

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, open_
from wangge.domains.asking.rules import FEWEST_WORKERS
from wangge.domains.duty.models import Post


class VisitCost(models.Model):
    """Minutes that a call or a visit takes by kind of door, learned from many workers' days and never from one's."""

    kind = models.CharField(max_length=16, unique=True)
    minutes = models.FloatField()
    visits = models.PositiveIntegerField()
    workers = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    privacy: dict[str, Declared] = {"kind": open_("phone, or the kind of door")}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(workers__gte=FEWEST_WORKERS), name="no_figure_about_few_workers")
        ]


class Overflow(models.Model):
    """What of a post's day does not fit, sent to the level above with a proposal: ``[{"post": uuid, "doors": n}]``.

    ``minutes``: what would have to be spent that day to reach every door by its day; ``room``: what a day has.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        KEPT = "kept"  # the level above leaves it where it is

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="overflows")
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="overflows_in")
    day = models.DateField()
    doors = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    room = models.PositiveIntegerField()
    proposal = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    privacy: dict[str, Declared] = {"day": open_(), "proposal": open_("posts and counts")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "day"], name="a_day_overflows_once")]
