"""Published lists, the areas they name, and what follows from them: runs as they were listed, intervals as they hold.

Public facts about places elsewhere: nothing here is about a person, and nothing needs a scope.
"""

from django.db import models
from django.db.models import Q

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, open_
from wangge.domains.risk.rules import Level, Unit

LEVELS = [(one.value, one.value) for one in Level]


class RiskList(models.Model):
    """A list as it was published at a time. ``digest`` is of what it says: the same list twice is one."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    published_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)
    high = models.PositiveIntegerField()
    mid = models.PositiveIntegerField()
    low = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField()
    taken_post = models.UUIDField(null=True)
    into_history = models.BooleanField(default=False)

    privacy: dict[str, Declared] = {"digest": open_("of a published list")}

    class Meta:
        indexes = [models.Index(fields=["-published_at", "-id"], name="risk_list_latest")]


class RiskArea(models.Model):
    """An area under one name. ``key`` is a hash of its names without spaces and width; ``found_by`` what is searched:
    its names in full, without 省市区街道, and their initials in pinyin."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    key = models.CharField(max_length=64, unique=True)
    province = models.CharField(max_length=40)
    city = models.CharField(max_length=40)
    county = models.CharField(max_length=60)
    name = models.CharField(max_length=400)
    unit = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Unit])
    found_by = models.TextField()

    privacy: dict[str, Declared] = {
        "key": open_(), "province": open_(), "city": open_(), "county": open_(), "name": open_(), "found_by": open_(),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["province", "city", "county"], name="risk_area_where")]

    def __str__(self) -> str:
        around = dict.fromkeys((self.province, self.city, self.county))
        return " ".join([*around, self.name])


class RiskRun(models.Model):
    """The area stood at this level in every list from the first to the last: all that the lists said."""

    area = models.ForeignKey(RiskArea, on_delete=models.CASCADE, related_name="runs")
    level = models.CharField(max_length=4, choices=LEVELS)
    first = models.DateTimeField()
    last = models.DateTimeField()

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "first"], name="an_area_stands_once_in_a_list"),
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="a_run_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["last"], name="risk_run_last")]


class RiskInterval(models.Model):
    """The level held from ``starts`` until before ``ends``; worked out from the runs whenever a list comes in."""

    area = models.ForeignKey(RiskArea, on_delete=models.CASCADE, related_name="intervals")
    level = models.CharField(max_length=4, choices=LEVELS)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "starts"], name="one_level_at_a_time"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=models.F("starts")), name="a_level_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(fields=["ends", "starts"], name="risk_interval_ends"),
            models.Index(fields=["area"], name="risk_in_force", condition=Q(ends__isnull=True)),
        ]
