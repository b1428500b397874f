"""Test results as laboratories report them, and the tests that are due."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, sensitive
from wangge.domains.people.models import Person
from wangge.domains.people.moves import FACT, Moves
from wangge.domains.protocol.models import Response
from wangge.domains.testing.rules import Purpose, Value


class TestResult(models.Model):
    """One result of one specimen of one person. Withdrawn results stay, marked."""

    __test__ = False  # not a test of ours

    class State(models.TextChoices):
        VALID = "valid"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="results")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="results")
    laboratory = models.CharField(max_length=80)
    specimen_no = models.CharField(max_length=60)
    purpose = models.CharField(max_length=8, choices=[(p.value, p.value) for p in Purpose])
    value = models.CharField(max_length=13, choices=[(v.value, v.value) for v in Value])
    symptoms = models.BooleanField(null=True)
    collected_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.VALID)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = ScopedManager["TestResult"]()
    scope_place = "person__home"
    merging = {"person": FACT}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(30, "whose result it is"),
        "laboratory": open_(),
        "specimen_no": sensitive(30),
        "withdrawn_why": sensitive(30, "typed at the desk"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["laboratory", "specimen_no"], name="one_result_per_specimen"),
            models.CheckConstraint(
                condition=Q(reported_at__gte=models.F("collected_at")), name="reported_after_collected"
            ),
        ]
        indexes = [models.Index(fields=["response", "-recorded_at"], name="result_recent")]


class TestDue(models.Model):
    """A test somebody is to have by ``due_at``; ``cause`` is the result or order it follows from."""

    __test__ = False

    class State(models.TextChoices):
        DUE = "due"
        DONE = "done"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="tests_due")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tests_due")
    purpose = models.CharField(max_length=8, choices=[(p.value, p.value) for p in Purpose])
    day = models.PositiveSmallIntegerField(null=True)
    times = models.PositiveSmallIntegerField(default=1)
    due_at = models.DateTimeField()
    at_door = models.BooleanField(default=False)
    cause = models.UUIDField(db_index=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DUE)
    result = models.ForeignKey(TestResult, null=True, on_delete=models.PROTECT, related_name="fulfils")

    objects = ScopedManager["TestDue"]()
    scope_place = "person__home"
    merging = {"person": Moves(stays={"state": "due"})}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {"person": sensitive(30, "who is to be tested")}

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="test_due_open", condition=Q(state="due"))]
