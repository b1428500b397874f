"""Asks with their questions, frozen lists and tallies."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.asking.models.forms import Question
from wangge.domains.asking.rules import AskState, SubjectKind, SubjectState
from wangge.domains.duty.models import Post
from wangge.domains.people.models import Person
from wangge.domains.people.moves import Moves
from wangge.domains.places.models import Grid, Place
from wangge.domains.protocol.models import Response


class Ask(models.Model):
    """摸排任务: questions to every subject of a list that is frozen when it is sent. It stops by itself at ``ends_at``.

    ``target`` holds ids and codes only. ``covers`` is the ask that collects some of it already; ``superior`` is who
    confirms it all the same. ``life_saving``: everybody stays on the day's list, however long it is.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="asks")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300)
    ground = models.CharField(max_length=300)
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="asks")
    subject = models.CharField(max_length=9, choices=[(k.value, k.value) for k in SubjectKind])
    target = models.JSONField(default=dict)
    life_saving = models.BooleanField(default=False)
    deadline = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in AskState])
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    covers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    superior = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)

    privacy: dict[str, Declared] = {
        "title": open_("what an office asks, no person"), "purpose": open_(), "ground": open_(),
        "target": open_("ids and codes only"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="an_ask_has_its_number"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "declined"], sent_at__isnull=True)
                | Q(state__in=["open", "closed"], sent_at__isnull=False),
                name="an_ask_is_open_from_when_it_was_sent",
            ),
            models.CheckConstraint(condition=Q(ends_at__gte=F("deadline")), name="an_ask_ends_after_its_deadline"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="an_ask_is_closed_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_at"], name="ask_state")]

    def __str__(self) -> str:
        return self.title


class AskQuestion(models.Model):
    """A question that an ask puts."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="asked")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="asked_in")

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "question"], name="an_ask_puts_a_question_once")]


class AskTally(models.Model):
    """One wide row per ask and grid (or community without grid). The columns add up to ``expected``.

    ``expected`` was frozen when the ask was sent: ``arrived`` are people who came since, outside of it, and
    ``arrived_done`` those of them who answered; ``left`` of the list went away since and stay in their column.
    """

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="tallies")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="ask_tallies")
    grid = models.ForeignKey(Grid, null=True, on_delete=models.CASCADE, related_name="ask_tallies")
    expected = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)
    unreachable = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    not_yet = models.PositiveIntegerField(default=0)
    arrived = models.PositiveIntegerField(default=0)
    arrived_done = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask", "place", "grid"], name="one_ask_tally_per_grid"),
            models.UniqueConstraint(
                fields=["ask", "place"], condition=Q(grid__isnull=True), name="one_ask_tally_without_grid"
            ),
            models.CheckConstraint(
                condition=Q(
                    expected=F("known") + F("done") + F("refused") + F("absent") + F("unreachable")
                    + F("moved") + F("not_yet")
                ),
                name="the_ask_tally_adds_up",
            ),
        ]  # fmt: skip


class AskSubject(models.Model):
    """One line of an ask's list: a door, or a person behind it. Its open work item has this row's uuid as cause.

    ``arrived``: came after the list was frozen, and counts apart. ``left``: went away after it was. A city's list is
    written by one statement that reads ask, tally and door, none of which is ever deleted: the database does not look
    them up again for each of 600,000 rows.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="subjects", db_index=False, db_constraint=False)
    tally = models.ForeignKey(
        AskTally, on_delete=models.PROTECT, related_name="subjects", db_index=False, db_constraint=False
    )
    door = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="asked_subjects", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="asked_subjects", db_index=False
    )
    state = models.CharField(max_length=11, choices=[(s.value, s.value) for s in SubjectState])
    arrived = models.BooleanField(default=False)
    left = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects = ScopedManager["AskSubject"]()
    scope_place = "door"
    merging = {"person": Moves(once=("ask",))}
    kept = Kept(response="ask__response__uuid")
    privacy: dict[str, Declared] = {
        "door": personal(30, "which door was on the list"), "person": sensitive(30, "who was on the list"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("door", "ask", Coalesce("person", 0), name="a_door_is_listed_once"),
            models.UniqueConstraint(
                fields=["ask", "person"], condition=Q(person__isnull=False), name="a_person_is_listed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tally", "state"], name="subject_tally"),
            models.Index(fields=["person"], name="subject_person", condition=Q(person__isnull=False)),
        ]
