"""Answers as facts, and the instances in which they came."""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, personal, sensitive
from wangge.domains.asking.models.asks import Ask
from wangge.domains.asking.models.forms import Form, Question
from wangge.domains.asking.rules import AnswerState, Empty, Source
from wangge.domains.people.models import Person
from wangge.domains.people.moves import Moves
from wangge.domains.places.models import Place


class Answer(models.Model):
    """A fact: who or which door, which question, what was said, when, to whom, from which source, fresh until when.

    ``value`` holds answers of open questions; those of personal and sensitive ones are in ``sealed`` with a blind
    ``value_index``, by which a value that somebody knows is found. ``empty``: answered with nothing, and why.
    ``at``: when it was said; ``known_at``: when we knew. ``response`` is the one it was collected in; without one it
    is knowledge of the grid about its doors, which ends by itself.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    door = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="answers", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="answers", db_index=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers", db_index=False)
    value = models.TextField(blank=True, default="")
    sealed = models.BinaryField(default=bytes)
    value_index = models.CharField(max_length=64, blank=True, default="")
    empty = models.CharField(max_length=12, blank=True, default="", choices=[(e.value, e.value) for e in Empty])
    at = models.DateTimeField()
    known_at = models.DateTimeField()
    fresh_until = models.DateTimeField(null=True)
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Source])
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    ask = models.ForeignKey(Ask, null=True, on_delete=models.PROTECT, related_name="answers", db_index=False)
    response = models.UUIDField(null=True)
    instance = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in AnswerState])
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_post = models.UUIDField(null=True)

    objects = ScopedManager["Answer"]()
    scope_place = "door"
    merging = {"person": Moves(once=("question",), among={"state": "current"})}
    kept = Kept(response="response", since="fresh_until")
    privacy: dict[str, Declared] = {
        "door": personal(30, "behind which door it was said"),
        "person": sensitive(30, "about whom"),
        "value": personal(30, "what was answered"),
        "sealed": sensitive(30, "what was answered to a personal or sensitive question"),
        "value_index": sensitive(30, "keyed; useless without the key file"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "door"], condition=Q(state="current", person__isnull=True),
                name="one_answer_of_a_door_counts",
            ),
            models.UniqueConstraint(
                fields=["question", "person"], condition=Q(state="current", person__isnull=False),
                name="one_answer_of_a_person_counts",
            ),
            models.CheckConstraint(
                condition=Q(response__isnull=False) | Q(fresh_until__isnull=False), name="what_no_response_keeps_ends"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["question", "state", "fresh_until"], name="answer_question"),
            models.Index(fields=["door", "question"], name="answer_door"),
            models.Index(fields=["person", "question"], name="answer_person"),
            models.Index(fields=["response"], name="answer_response"),
            models.Index(fields=["instance"], name="answer_instance", condition=Q(instance__isnull=False)),
        ]


class Submission(models.Model):
    """An instance of a form that was taken: sent again, it is answered the same and counts once."""

    instance = models.UUIDField(unique=True)
    form = models.ForeignKey(Form, null=True, on_delete=models.PROTECT, related_name="submissions")
    received_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    answers = models.PositiveIntegerField(default=0)

    privacy: dict[str, Declared] = {}
