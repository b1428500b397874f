"""Tables that an office made itself, tables that are made by the clock, and the files of these."""

from django.db import models
from django.db.models import Q

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.places.models import Place
from wangge.domains.tables.rules import Every

DAYS = 7  # a file that was made by the clock is kept so long


class SavedTable(models.Model):
    """A table made from an office's headings. ``definition`` holds headings, sources and codes, nobody's data."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=40)
    definition = models.JSONField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="tables")
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    saved_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"name": open_("its address"), "definition": open_("headings and sources")}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(retired_at__isnull=True), name="a_table_has_its_name")
        ]

    def __str__(self) -> str:
        return self.name


class TableSchedule(models.Model):
    """A table that is made every day or week for one account, in its post, within the places it may open then."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    table = models.CharField(max_length=40)
    area = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    every = models.CharField(max_length=4, choices=[(one.value, one.value) for one in Every])
    form = models.CharField(max_length=4, choices=[("csv", "csv"), ("xlsx", "xlsx")])
    reason = models.CharField(max_length=150)
    account = models.UUIDField()
    post = models.UUIDField(null=True)
    set_at = models.DateTimeField()
    last_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    kept = Kept(since="ended_at")
    privacy: dict[str, Declared] = {
        "table": open_("its address"), "last_on": open_("a day"),
        "reason": personal(365, "typed by staff, who may name somebody"),
    }  # fmt: skip


class TableFile(models.Model):
    """A file that was made by the clock and waits at the desk. Its parts go after ``DAYS``; this line stays."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    schedule = models.ForeignKey(TableSchedule, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    count = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    picked_up_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"name": open_("table, instant and count")}


class TableFilePart(models.Model):
    """Some of a file's bytes, sealed."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    file = models.ForeignKey(TableFile, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField(default=bytes)

    kept = Kept(since="file__made_at", days=DAYS)
    privacy: dict[str, Declared] = {"content": sensitive(0, "rows of a table, sealed")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="a_part_of_a_file_once")]
