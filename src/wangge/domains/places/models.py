"""Places from city to door on one path; grids beside it."""

from django.db import models
from django.db.models import Q

from wangge.base.fields import PathField
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, open_
from wangge.domains.places.rules import SEGMENT, Kind


class Place(models.Model):
    """One place. ``path`` is the parent's path plus one fixed-width segment; ``walk`` sorts as one walks.

    ``code`` is the 12-digit statistical code of a division, a local code, or empty. ``grid`` is the current
    grid of a door (and of rooms' beds), kept by the verbs that draw grids. A place is closed, never deleted.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    code = models.CharField(max_length=32, blank=True)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    name = models.CharField(max_length=80)
    path = PathField(max_length=12 * SEGMENT, unique=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    order = models.PositiveIntegerField(default=0)
    walk = PathField(max_length=80, blank=True)
    opened = models.DateField(null=True)
    closed = models.DateField(null=True)
    grid = models.ForeignKey("Grid", null=True, on_delete=models.PROTECT, related_name="doors")

    privacy: dict[str, Declared] = {
        "code": open_(), "name": open_(), "path": open_(), "walk": open_(),
        "opened": open_(), "closed": open_(),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_place_per_code"),
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(opened__isnull=True) | Q(closed__gte=models.F("opened")),
                name="place_closes_after_it_opens",
            ),
        ]
        indexes = [models.Index(fields=["kind", "path"], name="place_kind_path")]

    def __str__(self) -> str:
        return self.name


class PlaceAlias(models.Model):
    """Another name people use for a place."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=80, db_index=True)
    source = models.CharField(max_length=80, blank=True)

    privacy: dict[str, Declared] = {"name": open_(), "source": open_()}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="an_alias_once")]

    def __str__(self) -> str:
        return self.name


class Grid(models.Model):
    """A grid of a community: about 300-500 households (GB/T 34300). Redrawn grids are closed, not deleted."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="grids")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    opened = models.DateField()
    closed = models.DateField(null=True)

    privacy: dict[str, Declared] = {"name": open_(), "opened": open_(), "closed": open_()}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "number"],
                condition=Q(closed__isnull=True),
                name="one_open_grid_per_number",
            )
        ]

    def __str__(self) -> str:
        return self.name


class GridMember(models.Model):
    """A building, unit, yard or site that belonged to a grid from one day to another (end exclusive)."""

    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="members")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="grid_history")
    opened = models.DateField()
    closed = models.DateField(null=True)

    privacy: dict[str, Declared] = {"opened": open_(), "closed": open_("days of membership")}

    class Meta:
        indexes = [models.Index(fields=["place", "opened"], name="member_place")]

    def __str__(self) -> str:
        return f"{self.place_id} in {self.grid_id} from {self.opened}"
