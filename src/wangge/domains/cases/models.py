"""Cases with the city's running number, exposures with why, where, when and how long, and contacts."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.cases.rules import Classification, ExposureKind, ExposureState
from wangge.domains.people.models import Person
from wangge.domains.people.moves import FACT, STAYS, Moves
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response


class CaseNumber(models.Model):
    """The last number given in a Response: confirmed and asymptomatic in one sequence, never reused."""

    response = models.OneToOneField(Response, on_delete=models.PROTECT, related_name="case_number")
    last = models.PositiveIntegerField(default=0)

    privacy: dict[str, Declared] = {}


class Case(models.Model):
    """A person whose infection was confirmed. A withdrawn case keeps its number, which nobody else gets."""

    class State(models.TextChoices):
        OPEN = "open"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    classification = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Classification])
    result = models.UUIDField(db_index=True)
    infectious_from = models.DateField()
    onset_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField()
    protocol = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ScopedManager["Case"]()
    scope_place = "person__home"
    merging = {"person": Moves(once=("response_id",), among={"state": "open"}, refused="two_cases")}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(30, "whose infection it is"), "infectious_from": sensitive(30),
        "onset_on": sensitive(30, "day of the first symptoms"),
        "protocol": open_("the edition of its day"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="a_case_number_once"),
            models.UniqueConstraint(
                fields=["response", "person"], condition=Q(state="open"), name="one_open_case_per_person"
            ),
        ]


class Contact(models.Model):
    """What the protocol makes of a person's exposures together: the strictest role, the latest exposure."""

    class State(models.TextChoices):
        ACTIVE = "active"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="contacts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    role = models.CharField(max_length=24)
    last_exposure = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.ACTIVE)

    objects = ScopedManager["Contact"]()
    scope_place = "person__home"
    merging = {"person": STAYS}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(30, "who was exposed"), "role": open_("a word of the protocol"),
        "last_exposure": sensitive(30),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "person"], name="one_contact_per_person")]


class Exposure(models.Model):
    """One meeting, or a candidate for one. ``via`` is the close contact's exposure a secondary one hangs on."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="exposures")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exposures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exposures")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ExposureKind])
    role = models.CharField(max_length=24)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ExposureState])
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="exposures")
    venue = models.UUIDField(null=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    minutes = models.PositiveIntegerField(null=True)
    crowd = models.PositiveIntegerField(null=True)
    rank = models.PositiveIntegerField(default=0)
    via = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="leads_to")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="exposures")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    protocol = models.CharField(max_length=40, blank=True)
    clause = models.CharField(max_length=80, blank=True)

    objects = ScopedManager["Exposure"]()
    scope_place = "person__home"
    merging = {"person": FACT}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(30, "who met the case"), "place": personal(30, "where they met"),
        "role": open_("a word of the protocol"), "clause": open_(),
        "protocol": open_("the edition of its day"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=models.F("starts")), name="exposure_ends_after_it_starts")
        ]
        indexes = [
            models.Index(fields=["case", "state", "rank"], name="exposure_case"),
            models.Index(fields=["person", "state"], name="exposure_person"),
        ]
