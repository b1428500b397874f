"""Intakes: a file or message as it came, each row with its outcome."""

from django.db import models

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive


class Intake(models.Model):
    """One file taken in by one post. The same bytes sent twice from there are one intake (``digest``).

    Another post has its own: what a file's rows become depends on the places of whoever sends it.
    ``columns`` are pairs of field and heading in the order of the file, '' for a column that is not taken. A file of
    many rows is kept in parts; its columns can be corrected until it is asked to be taken. ``shape`` is how it was
    written (forms.Shape), its heading's row and why each column was recognised; ``repeats`` are rows that say the
    same person or place as an earlier one, by number.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    response = models.UUIDField(null=True)
    columns = models.JSONField(default=list)
    shape = models.JSONField(default=dict)
    repeats = models.JSONField(default=dict)
    look_asked_at = models.DateTimeField(null=True)
    take_asked_at = models.DateTimeField(null=True)

    kept = Kept(response="response", since="received_at")
    privacy: dict[str, Declared] = {
        "kind": open_(), "name": personal(30, "a file name may name somebody"), "digest": open_(),
        "columns": open_("column headings"), "shape": open_("encoding, sheet names"), "repeats": open_("row numbers"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="the_same_file_once")]


class IntakeRow(models.Model):
    """A row with what became of it. A refused row keeps its text, sealed, until it is corrected or scrubbed.

    ``number`` is the row Excel shows. ``content`` is {"cells": text by field, "said": what the reason names};
    a row that was taken is emptied, for ``became`` says the same.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        KNOWN = "known"
        REFUSED = "refused"
        CORRECTED = "corrected"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State.choices)
    reason = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=60, blank=True)
    content = models.BinaryField(default=bytes)
    became = models.UUIDField(null=True)

    kept = Kept(response="intake__response", since="intake__received_at", days=30)
    privacy: dict[str, Declared] = {
        "reason": open_("a code from words.py"),
        "column": open_("the field the reason is about"),
        "content": sensitive(0, "the row as it came, sealed under the key of its Response"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "number"], name="one_outcome_per_row")]
        indexes = [models.Index(fields=["intake", "number"], name="row_waiting", condition=models.Q(state="waiting"))]


class IntakePart(models.Model):
    """Some hundred rows of a file of many: one envelope, one letter of outcome for each row.

    ``content`` is {"rows": [[number, cells], …]} with every cell of the file; a part that was taken is emptied. Each
    row that is refused then has an IntakeRow. ``outcomes`` and the counts say what the dry run foresaw, and after
    the taking what became of the rows; ``doors`` are short digests of those made for them, the same for one door.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        LOOKED = "looked"
        TAKEN = "taken"

    class Letter(models.TextChoices):
        NEW = "n"
        CHANGED = "c"
        KNOWN = "k"
        REFUSED = "r"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    content = models.BinaryField(default=bytes)
    outcomes = models.TextField(blank=True)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    doors = models.JSONField(default=list)

    kept = Kept(response="intake__response", since="intake__received_at", days=30)
    privacy: dict[str, Declared] = {
        "content": sensitive(0, "sealed; the rows as they came"),
        "outcomes": open_("a letter for each row"),
        "doors": open_("digests of doors' names"),
        "known": open_(),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "number"], name="one_part_of_a_number")]
