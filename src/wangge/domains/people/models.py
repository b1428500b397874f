"""Persons. Documents and phone numbers are in one sealed envelope per row."""

from django.db import models

from wangge.base.access.scope import ScopedManager
from wangge.base.fields import PathField
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, personal, sensitive
from wangge.domains.places.models import Place


class Person(models.Model):
    """A person with a home: a household, a yard, or a bed in a room. Some have no document or no phone.

    What ``sealed`` holds and what the four blind indexes are made of stands in ``envelope``. ``relation`` is to the
    head of the household, as a file says it. ``died_on`` stops every call at once. ``noted_for`` is the Response for
    whose sake somebody was noted who is not in the community's register (named in an interview): the row goes with it.
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
    noted_for = models.UUIDField(null=True, db_index=True)

    objects = ScopedManager["Person"]()
    scope_place = "home"
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
        ]

    def __str__(self) -> str:
        return str(self.uuid)
