"""Persons, who may be the same, and merges. Documents and phone numbers are in one sealed envelope per row."""

from django.db import models

from wangge.base.access.scope import ScopedManager, ScopedQuerySet
from wangge.base.fields import PathField
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.people.moves import FACT, STAYS
from wangge.domains.places.models import Place


class Living(ScopedManager["Person"]):
    """The records that stand: without those absorbed by another one, which remain as pointers."""

    def get_queryset(self) -> ScopedQuerySet["Person"]:
        return super().get_queryset().filter(merged_into__isnull=True)


class Person(models.Model):
    """A person with a home: a household, a yard, or a bed in a room. Some have no document or no phone.

    What ``sealed`` holds and what the four blind indexes are made of stands in ``envelope``. ``relation`` is to the
    head of the household, as a file says it. ``died_on`` stops every call at once. ``noted_for`` is the Response for
    whose sake somebody was noted who is not in the community's register (named in an interview): the row goes with it.
    ``merged_into``: this record was absorbed by another one and is only a pointer. ``objects`` leaves those out; what
    goes over every row (keys, deletion, files) asks ``every``.
    """

    class Sex(models.TextChoices):
        MALE = "male"
        FEMALE = "female"
        UNKNOWN = "unknown"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=60)
    sex = models.CharField(max_length=7, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField(null=True)
    home = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="residents", db_index=False)
    sealed = models.BinaryField(default=bytes)
    document_index = PathField(max_length=64, blank=True)
    phone_index = PathField(max_length=64, blank=True)
    other_phone_index = PathField(max_length=64, blank=True, default="")
    name_birth_index = PathField(max_length=64, blank=True, default="")
    relation = models.CharField(max_length=20, blank=True, default="")
    died_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    noted_for = models.UUIDField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = Living()
    every = ScopedManager["Person"]()
    scope_place = "home"
    merging = {"merged_into": FACT}
    kept = Kept(
        response="noted_for",
        register="the community's register of who lives where, for its statutory duties; left by a verb",
    )
    privacy: dict[str, Declared] = {
        "name": personal(30),
        "home": personal(30, "where they live"),
        "birth_date": personal(30),
        "sealed": sensitive(30, "documents and phones, AES-256-GCM bound to the row"),
        "document_index": sensitive(30, "keyed; useless without the key file"),
        "phone_index": personal(30, "keyed; useless without the key file"),
        "other_phone_index": personal(30, "keyed; useless without the key file"),
        "name_birth_index": personal(30, "keyed; useless without the key file"),
        "relation": personal(30, "to the head of the household"),
        "died_on": sensitive(30),
        "merged_into": personal(30, "goes with either record"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document_index"], condition=~models.Q(document_index=""), name="one_person_per_document"
            )
        ]
        indexes = [
            models.Index(fields=["home", "id"], name="person_home"),
            models.Index(fields=["document_index"], name="person_document"),
            models.Index(fields=["phone_index"], name="person_phone"),
            models.Index(fields=["other_phone_index"], name="person_other_phone"),
            models.Index(fields=["name_birth_index"], name="person_name_birth"),
            # Few rows have these. With the others in it as well, SQLite takes such an index for "there is none" and
            # walks through everybody.
            models.Index(fields=["noted_for"], name="person_noted_for", condition=models.Q(noted_for__isnull=False)),
            models.Index(
                fields=["merged_into"], name="person_merged_into", condition=models.Q(merged_into__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


#: Pairs and merges are the register's own bookkeeping and go with the records they name.
WITH_RECORDS = Kept(register="bookkeeping of the register; goes with either of the two records")


class Duplicate(models.Model):
    """Two records that may be one person: the evidence, and what somebody decided. ``one`` is the older record.

    ``waits_at`` is the path of the level that was asked because nobody below knew; '' where nobody was asked yet.
    """

    class State(models.TextChoices):
        OPEN = "open"
        DIFFERENT = "different"
        SAME = "same"

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    same_name = models.BooleanField(default=False)
    same_birth = models.BooleanField(default=False)
    same_phone = models.BooleanField(default=False)
    other_document = models.BooleanField(default=False)
    other_sex = models.BooleanField(default=False)
    strength = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    waits_at = models.CharField(max_length=48, blank=True)
    reason = models.CharField(max_length=16, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField()

    objects = ScopedManager["Duplicate"]()
    scope_place = "one__home"
    merging = {"one": STAYS, "other": STAYS}
    kept = WITH_RECORDS
    privacy: dict[str, Declared] = {
        "one": personal(30), "other": personal(30), "waits_at": open_("a path"), "reason": open_("a code"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="a_pair_is_looked_at_once")]
        indexes = [models.Index(fields=["state", "-strength", "id"], name="duplicate_list")]


class Merge(models.Model):
    """One record absorbed by another. ``moved``: the keys of the rows that moved, by model and field; ``swapped``:
    the fields whose values the two records exchanged; ``known``: the highest key of each model at that moment;
    ``added``: after an undo, what had come to the kept record meanwhile and stayed there."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    into = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    absorbed = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    moved = models.JSONField(default=dict)
    swapped = models.JSONField(default=list)
    known = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    added = models.JSONField(default=dict)

    objects = ScopedManager["Merge"]()
    scope_place = "into__home"
    merging = {"into": STAYS, "absorbed": STAYS}
    kept = WITH_RECORDS
    privacy: dict[str, Declared] = {
        "into": personal(30), "absorbed": personal(30), "moved": open_("keys only"), "swapped": open_("field names"),
        "known": open_("keys only"), "added": open_("keys only"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=models.Q(undone_at__isnull=True), name="absorbed_by_one_record"
            )
        ]
