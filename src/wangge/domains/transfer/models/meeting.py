"""Where people who arrive are met; closed with the Response."""

from django.db import models
from django.db.models import Q

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, open_
from wangge.domains.duty.models import Post
from wangge.domains.places.models import Place


class MeetingPoint(models.Model):
    """Where people who arrive are met: a station's exit, a motorway's. ``post``: who meets there."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField(db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="meeting_points")
    name = models.CharField(max_length=40)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="meets_at")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"name": open_("such as 太原南站东出站口")}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "place", "name"],
                condition=Q(closed_at__isnull=True),
                name="one_open_point",
            )
        ]
