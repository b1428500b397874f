"""A list handed down, and its rows with what becomes of each."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.lists.rules import ENDED, ListState, RowState
from wangge.domains.people.models import Person
from wangge.domains.people.moves import FACT
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.work.models import TaskItem
from wangge.domains.work.rules import Outcome


class HandedList(models.Model):
    """A list of people from above, with the office that works on it (``post`` at ``place``).

    ``heading`` are pairs of field and heading in the order of the file, ``top`` what the sender wrote above it
    ({"rows"}, sealed), ``shape`` how it was written: so it goes back.
    ``above`` is the list this one was forwarded out of, ``accepted_at`` when the office signed for it; its answers go
    back there by themselves. ``ask`` is what asks
    its questions at the doors, where it asks any.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="lists")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="lists")
    post = models.UUIDField(null=True)
    intake = models.UUIDField(null=True, unique=True)
    above = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="below")
    title = models.CharField(max_length=120)
    sender = models.CharField(max_length=80)
    batch = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    heading = models.JSONField(default=list)
    top = models.BinaryField(default=bytes)
    shape = models.JSONField(default=dict)
    questions = models.JSONField(default=list)
    ask = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ListState], default=ListState.READING)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)

    objects = ScopedManager["HandedList"]()
    scope_place = "place"
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "title": personal(30, "a title may name somebody"), "sender": open_("an office"), "batch": open_(),
        "top": sensitive(30, "what the sender wrote above the table, sealed under the key of its Response"),
        "heading": open_("column headings"), "shape": open_("encoding, sheet names"), "questions": open_("names"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["above", "place"], name="one_list_per_office_forwarded_to"),
            models.CheckConstraint(
                condition=Q(state__in=("taken", "reported"), taken_at__isnull=False)
                | Q(state__in=("reading", "looked"), taken_at__isnull=True),
                name="a_list_is_taken_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class ListRow(models.Model):
    """A row of a list; in exactly one state. ``number`` is the row Excel shows.

    ``content`` is what the file said, every cell in its order. ``evidence`` names what matched it (rules.Evidence),
    ``home`` is the door its own address means, ``area`` the place it lies in where that is another office's.
    ``repeats``: the earlier row about the same person. ``onward``: this row's copy with the office it went to.
    ``item``: what has to be done for it at a door, which another list may have put there before.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    list = models.ForeignKey(HandedList, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RowState])
    reason = models.CharField(max_length=40, blank=True)
    urgent = models.BooleanField(default=False)
    content = models.BinaryField(default=bytes)
    document_index = models.CharField(max_length=64, blank=True, db_index=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="list_rows")
    evidence = models.CharField(max_length=60, blank=True)
    against = models.CharField(max_length=60, blank=True)
    home = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    repeats = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="repeated")
    onward = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="source")
    item = models.ForeignKey(TaskItem, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=16, blank=True, choices=[(o.value, o.value) for o in Outcome])
    channel = models.CharField(max_length=6, blank=True)
    checked_at = models.DateTimeField(null=True)
    checker = models.UUIDField(null=True)
    checker_post = models.UUIDField(null=True)

    objects = ScopedManager["ListRow"]()
    scope_place = "list__place"
    merging = {"person": FACT}
    kept = Kept(response="list__response__uuid")
    privacy: dict[str, Declared] = {
        "content": sensitive(30, "the row as it came, sealed under the key of its Response"),
        "document_index": sensitive(30, "keyed; useless without the key file"),
        "person": sensitive(30, "whom another office named"), "home": personal(30, "where they were said to live"),
        "reason": open_("a code"), "evidence": open_("codes"), "against": open_("codes"), "channel": open_("a code"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="one_state_per_row"),
            models.CheckConstraint(
                condition=~Q(state__in=("known", "done", "returned")) | Q(checked_at__isnull=False),
                name="a_row_ends_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(state="asked") | Q(person__isnull=False), name="somebody_is_asked"),
        ]
        indexes = [
            models.Index(fields=["list", "state", "number"], name="list_rows"),
            models.Index(fields=["item"], name="list_row_item", condition=Q(item__isnull=False)),
        ]

    @property
    def has_ended(self) -> bool:
        return RowState(self.state) in ENDED
