"""Questionnaires as published, and the bank of their questions."""

from django.db import models
from django.db.models import Q

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, open_
from wangge.domains.asking.rules import SubjectKind


class Form(models.Model):
    """A published version of a questionnaire. ``content`` is its XForm, ``definition`` what ``of_data`` reads back."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    form_id = models.CharField(max_length=64)
    version = models.CharField(max_length=64)
    title = models.CharField(max_length=120)
    hash = models.CharField(max_length=64)
    content = models.TextField()
    definition = models.JSONField()
    published_at = models.DateTimeField()
    published_post = models.UUIDField(null=True)
    retired_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {
        "form_id": open_(), "version": open_(), "title": open_(), "hash": open_("of the content"),
        "content": open_("questions, no answers"), "definition": open_("questions, no answers"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_id", "version"], name="a_version_is_published_once"),
            models.UniqueConstraint(
                fields=["form_id"], condition=Q(retired_at__isnull=True), name="one_version_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.version}"


class FormSource(models.Model):
    """The file that a questionnaire was made from, byte for byte: whoever keeps the bank in Excel gets their own file
    back, with its remarks. ``form`` is empty while somebody looks at what it would change.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    form = models.OneToOneField(Form, null=True, on_delete=models.PROTECT, related_name="source")
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)

    privacy: dict[str, Declared] = {
        "content": open_("questions, no answers"), "digest": open_("of the content"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(form__isnull=True), name="a_file_is_looked_at_once"
            ),
        ]  # fmt: skip


class Question(models.Model):
    """A question of the bank, as the newest form that holds it words it. Its name is the same in every form.

    ``fresh_for`` in seconds, None: until a later answer. ``choices`` are ``[{"name", "label"}]``.
    """

    name = models.CharField(max_length=64, unique=True)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    type = models.CharField(max_length=20)
    label = models.JSONField(default=dict)
    choices = models.JSONField(default=list)
    fresh_for = models.PositiveBigIntegerField(null=True)
    level = models.CharField(max_length=9)
    subject = models.CharField(max_length=9, choices=[(k.value, k.value) for k in SubjectKind])

    privacy: dict[str, Declared] = {
        "name": open_(), "type": open_("XLSForm's word"), "label": open_(), "choices": open_(),
        "level": open_("how its answers are kept"),
    }  # fmt: skip

    def __str__(self) -> str:
        return self.name
