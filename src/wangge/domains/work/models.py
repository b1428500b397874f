"""Tasks: one per door with all it must do there, what happened at each try, hand-overs, and the tallies."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.duty.models import Post
from wangge.domains.people.models import Person
from wangge.domains.people.moves import FACT, Moves
from wangge.domains.places.models import Grid, Place
from wangge.domains.protocol.models import Response
from wangge.domains.work.rules import Channel, Outcome


class Task(models.Model):
    """All that one door needs in one Response. ``post`` answers for it; ``raised_to`` is the level it went up to."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    door = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="tasks")
    grid = models.ForeignKey(Grid, null=True, on_delete=models.PROTECT, related_name="tasks")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=16, choices=[(o.value, o.value) for o in Outcome], default=Outcome.NOT_YET)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    raised_to = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="raised", db_index=False)
    raised_at = models.DateTimeField(null=True)
    raised_with = models.UUIDField(null=True)  # what sent up several doors at once and may bring them back
    handover = models.ForeignKey("HandOver", null=True, on_delete=models.SET_NULL, related_name="tasks", db_index=False)

    objects = ScopedManager["Task"]()
    scope_place = "door"
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {"door": personal(30, "behind which door something was to be done")}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "door"], condition=Q(state="open"), name="one_open_task_per_door"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="a_task_is_closed_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["post", "state"], name="task_post"),
            models.Index(fields=["raised_to"], name="task_raised", condition=Q(raised_to__isnull=False)),
            models.Index(fields=["handover"], name="task_handover", condition=Q(handover__isnull=False)),
            models.Index(fields=["due_at"], name="task_due", condition=Q(state="open")),
            models.Index(fields=["response", "grid", "state"], name="task_grid"),
        ]


class TaskItem(models.Model):
    """One thing to do at a door: ``kind`` is worded by the protocol, ``cause`` is the order, test or opening."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        ENDED = "ended"  # not done, with an outcome that ends it (moved, died, refused and settled above)
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="items")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=40)
    cause = models.UUIDField(db_index=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=16, blank=True, choices=[(o.value, o.value) for o in Outcome])
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = ScopedManager["TaskItem"]()
    scope_place = "task__door"
    merging = {"person": Moves(stays={"state": "open"})}
    kept = Kept(response="task__response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(30, "what was to be done for whom"), "kind": open_("a word of the protocol"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="an_item_is_closed_at_a_time",
            )
        ]


class Attempt(models.Model):
    """A try at a door or by phone and what came of it. Made by the phone or page that sends it (``uuid``)."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="attempts")
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    channel = models.CharField(max_length=5, choices=[(c.value, c.value) for c in Channel])
    outcome = models.CharField(max_length=16, choices=[(o.value, o.value) for o in Outcome])
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    objects = ScopedManager["Attempt"]()
    scope_place = "task__door"
    merging = {"person": FACT}
    kept = Kept(response="task__response__uuid")
    privacy: dict[str, Declared] = {"person": sensitive(30, "whom somebody tried to reach, and what came of it")}


class Difference(models.Model):
    """Two workers who could not know of each other say that one door ended in different ways. Both tries are kept; one
    ``counted`` when the ``other`` arrived, until a person says once which does."""

    class Says(models.TextChoices):
        KEPT = "kept"  # what counted goes on counting
        OTHER = "other"  # the other counts from now on
        SAME = "same"  # another was settled, and with it nothing differs any more

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="differences")
    counted = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="counted_in")
    other = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="kept_in")
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    settled_post = models.UUIDField(null=True)
    says = models.CharField(max_length=5, blank=True, choices=Says.choices)

    objects = ScopedManager["Difference"]()
    scope_place = "task__door"
    kept = Kept(response="task__response__uuid")
    privacy: dict[str, Declared] = {"counted": sensitive(30, "what two workers say of a door; goes with their tries")}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counted", "other"], name="two_tries_differ_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, says="") | (Q(settled_at__isnull=False) & ~Q(says="")),
                name="a_difference_is_settled_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["task"], name="difference_open", condition=Q(settled_at__isnull=True))]


class HandOver(models.Model):
    """Open work offered to a post's new holder, or from one post to another; it moves when it is accepted."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="handovers_in")
    from_post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="handovers_out")
    to_account = models.UUIDField(null=True)
    count = models.PositiveIntegerField()
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.UUIDField(null=True)

    privacy: dict[str, Declared] = {}


class Tally(models.Model):
    """One wide row per Response and grid (or community without grid): the doors' outcomes, kept with the facts.

    Read by summing over a path prefix; recounted every night. The counts add up to ``expected``.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="tallies")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="tallies")
    grid = models.ForeignKey(Grid, null=True, on_delete=models.CASCADE, related_name="tallies")
    expected = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)
    unreachable = models.PositiveIntegerField(default=0)
    elsewhere = models.PositiveIntegerField(default=0)
    died = models.PositiveIntegerField(default=0)
    not_yet = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "place", "grid"], name="one_tally_per_grid"),
            models.UniqueConstraint(
                fields=["response", "place"], condition=Q(grid__isnull=True), name="one_tally_without_grid"
            ),
            models.CheckConstraint(
                condition=Q(
                    expected=models.F("done") + models.F("refused") + models.F("absent") + models.F("unreachable")
                    + models.F("elsewhere") + models.F("died") + models.F("not_yet")
                ),
                name="the_tally_adds_up",
            ),
        ]  # fmt: skip
